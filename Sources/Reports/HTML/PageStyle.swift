/// How the page looks: on a screen of any width, dark and light, and on paper.
///
/// No element has a style of its own, which the page's policy forbids; what depends on the report is drawn as paths.
enum PageStyle {
  /// Of ``text``, as the page's policy names it.
  static let digest = "sha256-B23f9bhJ/1pvlKbh3mr0lQH6ixyo2z0zk+yw9pChpdE="

  static let text: StaticString = """
    :root {
      color-scheme: light dark;
      --back: light-dark(#fafaf8, #14161a); --card: light-dark(#fff, #1b1e24); --code: light-dark(#f3f4f2, #23272f);
      --ink: light-dark(#1f2328, #e6e8ec); --quiet: light-dark(#565d68, #a4acb8); --line: light-dark(#dfe2e0, #30353e);
      --link: light-dark(#2456a6, #8ab4ff);
      --s0: light-dark(#5d9680, #4f9d80); --s1: light-dark(#b8860b, #d3a233);
      --s2: light-dark(#d0561f, #f0804f); --s3: light-dark(#a3123a, #ff5c85);
      --f0: light-dark(#1c5e45, #8fd3b6); --f1: light-dark(#734c00, #f0ce7e); --f2: light-dark(#98340b, #ffb08f);
      --b0: light-dark(#e1f1ea, #1e352c); --b1: light-dark(#fbedc8, #3b2f10); --b2: light-dark(#fde3d6, #442415);
      --b3: light-dark(#a3123a, #b3204c);
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
      --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
    }
    :root[data-theme=light] { color-scheme: light }
    :root[data-theme=dark] { color-scheme: dark }
    * { box-sizing: border-box }
    html { scroll-padding-top: 3rem; -webkit-text-size-adjust: 100% }
    body {
      margin: 0 auto; padding: 1.5rem clamp(.75rem, 3vw, 2.5rem) 3rem; max-width: 78rem;
      background: var(--back); color: var(--ink); font: 1rem/1.5 var(--sans); overflow-wrap: anywhere;
    }
    h1, h2, h3, h4, p, ul, ol, dl, dd { margin: 0; padding: 0 }
    h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em }
    h2 { font-size: 1.25rem; font-weight: 650; margin: 2.5rem 0 .75rem }
    h3 { font-size: 1rem; font-weight: 600 }
    h4 { font-size: .875rem; font-weight: 650; margin: 1.5rem 0 .5rem }
    a { color: var(--link); text-underline-offset: .15em }
    code, pre { font-family: var(--mono); font-size: .8125rem; unicode-bidi: isolate }
    pre {
      margin: .375rem 0; padding: .625rem .75rem; border-radius: 6px; background: var(--code);
      line-height: 1.5; white-space: pre-wrap; tab-size: 4;
    }
    button, select, input {
      font: inherit; font-size: .875rem; color: inherit; background: var(--card); border: 1px solid var(--quiet);
      border-radius: 6px; padding: .25rem .625rem; min-height: 2.25rem; max-width: 100%;
    }
    button { cursor: pointer }
    button:hover { border-color: var(--link) }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px }
    .quiet, small { color: var(--quiet); font-size: .875rem; font-weight: 400 }
    html:not(.on) .js { display: none }
    .skip { position: absolute; left: -99rem }
    .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .25rem .75rem; z-index: 2 }
    b[class] {
      display: inline-block; padding: .0625rem .5rem; border-radius: 99px; font-size: .75rem; font-weight: 600;
      line-height: 1.5; white-space: nowrap; vertical-align: .1em;
    }
    b.r0 { color: var(--f0); background: var(--b0) }
    b.r1 { color: var(--f1); background: var(--b1) }
    b.r2 { color: var(--f2); background: var(--b2) }
    b.r3 { color: #fff; background: var(--b3) }
    path.r0 { fill: var(--s0) } path.r1 { fill: var(--s1) } path.r2 { fill: var(--s2) } path.r3 { fill: var(--s3) }

    header { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: space-between; align-items: start }
    .brand { font-weight: 650; color: var(--quiet); font-size: .875rem; letter-spacing: .04em }
    .where { color: var(--quiet); margin-top: .25rem; font-size: .875rem }
    .theme { display: flex; align-items: center; gap: .5rem; font-size: .875rem; color: var(--quiet) }
    .verdict { margin-top: 1.25rem }
    .lead { font-size: 1.125rem }
    .lead b[class] { font-size: .9375rem }
    .tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: .75rem; margin: 1rem 0 .75rem }
    .tile {
      display: grid; grid-template-columns: auto 1fr; gap: 0 .625rem; align-items: center; justify-items: start; align-content: start;
      padding: .75rem 1rem; text-align: left; border-color: var(--line); border-radius: 10px;
    }
    .tile .count { font-size: 1.75rem; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums }
    .tile .who { grid-column: 1 / -1; color: var(--quiet); font-size: .8125rem }
    .tile[aria-pressed=true] { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link) }
    .facts { color: var(--quiet); font-size: .875rem }

    .periods { display: grid; gap: .5rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px;
      padding: 1rem }
    .period { display: grid; gap: .25rem 1rem; grid-template-columns: auto 1fr }
    .period h3 { font-size: .8125rem; color: var(--quiet); padding-top: 1.875rem; font-variant-numeric: tabular-nums }
    .bars { list-style: none; display: grid; gap: .5rem 2px; grid-column: 2;
      grid-template-columns: repeat(auto-fill, minmax(.75rem, 1fr)) }
    .bars:only-child { grid-column: 1 / -1 }
    .bars a { display: flex; align-items: end; height: 3.25rem; border-bottom: 1px solid var(--line) }
    .bars a::before { content: ""; width: 100%; border-radius: 2px 2px 0 0 }
    .bars .r0::before { height: 22%; background: var(--s0) }
    .bars .r1::before { height: 45%; background: var(--s1) }
    .bars .r2::before { height: 72%; background: var(--s2) }
    .bars .r3::before { height: 100%; background: var(--s3) }
    .bars a:hover::before, .bars a:focus::before { background: var(--ink) }
    .off { opacity: .15 }
    #caption { color: var(--quiet); font-size: .875rem; margin-top: .5rem; min-height: 1.5em }
    .steps { list-style: none; display: flex; flex-wrap: wrap; gap: .75rem }
    .steps li {
      flex: 1 1 14rem; background: var(--card); border: 1px solid var(--line); border-top: 6px solid var(--s0);
      border-radius: 10px; padding: .75rem 1rem; font-size: .9375rem;
    }
    .steps .r1 { border-top-color: var(--s1) } .steps .r2 { border-top-color: var(--s2) }
    .steps .r3 { border-top-color: var(--s3) }
    .steps a { font-weight: 600 }

    form { margin-bottom: .75rem; display: flex; flex-wrap: wrap; gap: .625rem; align-items: end }
    form label { display: grid; gap: .125rem; font-size: .8125rem; color: var(--quiet) }
    form input { width: 11rem }
    form output { font-size: .875rem; padding: .375rem 0; color: var(--quiet) }
    table { width: 100%; border-collapse: collapse; font-size: .875rem; background: var(--card);
      border: 1px solid var(--line); border-radius: 10px }
    th, td { text-align: left; padding: .4375rem .75rem; vertical-align: top; font-weight: 400;
      border-top: 1px solid var(--line) }
    thead th { border: 0; color: var(--quiet); font-size: .8125rem; font-weight: 600; vertical-align: bottom }
    thead button { border: 0; background: none; padding: 0; min-height: 1.5rem; font: inherit; text-align: left }
    thead [aria-sort=ascending] button::after { content: " ↑" }
    thead [aria-sort=descending] button::after { content: " ↓" }
    #overview th, #overview td { overflow-wrap: normal }
    #overview tbody th { width: 26%; min-width: 11rem; overflow-wrap: anywhere }
    #overview td:nth-child(3) { overflow-wrap: anywhere; min-width: 7.5rem }
    #overview td:nth-child(6) { overflow-wrap: anywhere; min-width: 10rem }
    tbody a { text-decoration: none }
    tbody a:hover { text-decoration: underline }

    .bar { display: flex; justify-content: space-between; align-items: end; margin-bottom: .75rem }
    .bar h2 { margin-bottom: 0 }
    .m, .t { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin-bottom: .5rem;
      content-visibility: auto; contain-intrinsic-size: auto 3rem }
    .m > summary, .t > summary { padding: .625rem 1rem; cursor: pointer }
    .m > summary > *, .t > summary > * { display: inline; margin-right: .375rem }
    .m > summary > b { display: inline-block }
    .m[open] > summary { border-bottom: 1px solid var(--line) }
    .body { padding: 1rem }
    .decision { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem 1.5rem }
    .decision dt { color: var(--quiet); font-size: .8125rem }
    .reasons { list-style: none }
    .order { margin-top: 1rem }
    .body ul:not([class]), .t ol { padding-left: 1.25rem }
    .body li { margin: .1875rem 0 }
    .statements { padding-left: 2.5rem }
    .statements > li { margin: 0 0 1rem }
    .statements > li::marker { color: var(--quiet); font-size: .8125rem; font-variant-numeric: tabular-nums }
    .statements pre { border-left: 4px solid var(--line) }
    .statements .r1 > pre { border-color: var(--s1) } .statements .r2 > pre { border-color: var(--s2) }
    .statements .r3 > pre { border-color: var(--s3) }
    .body .facts { display: grid; grid-template-columns: 4.5rem 1fr; gap: .125rem .75rem; color: inherit }
    .facts dt { color: var(--quiet) }
    .facts dd { min-width: 0 }
    .finding { margin-top: .625rem; padding: .625rem .75rem; border: 1px solid var(--line); border-radius: 8px }
    .finding p code { color: var(--quiet) }
    .allowed { border-style: dashed }
    .fix, .ask { margin-top: .375rem }
    .fix::before { content: "Instead: "; font-weight: 600 }
    .copybox { position: relative }
    .copybox pre { padding-right: 5rem }
    .copybox button { position: absolute; top: .375rem; right: .375rem; min-height: 1.75rem; padding: 0 .5rem;
      font-size: .8125rem }
    .locks + .locks { margin-top: 1.5rem }
    .locks ul { list-style: none; padding: 0 !important }
    .locks li { margin: .5rem 0 0; font-size: .875rem }
    .locks svg { display: block; width: 100%; height: .75rem; margin-top: .125rem; background: var(--code);
      border-radius: 3px }
    path.k1 { fill: light-dark(#c3ccd6, #465160) } path.k2 { fill: light-dark(#f2c591, #6d4a1e) }
    path.k3 { fill: light-dark(#f0a6a0, #74302f) }
    path.k1.d { fill: light-dark(#6b7a8c, #93a3b8) } path.k2.d { fill: var(--s2) } path.k3.d { fill: var(--s3) }
    .axis { display: flex; justify-content: space-between; color: var(--quiet); font-size: .75rem;
      margin-top: .25rem }
    .t > summary { position: relative }
    .t svg { float: right; width: 62%; height: .625rem; margin: .4375rem 0 0 !important; background: var(--code);
      border-radius: 2px }
    summary:focus-visible { outline-offset: -3px; border-radius: 10px }
    nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-top: .75rem; font-size: .875rem }
    .t > p, .t > ol { margin: .25rem 1rem .75rem; font-size: .875rem }
    .ignored { margin-top: 2rem; color: var(--quiet) }
    footer { margin-top: 3rem; color: var(--quiet); font-size: .8125rem }
    [hidden] { display: none !important }

    @media (max-width: 62rem) {
      th, td { padding: .4375rem .5rem }
      #overview tbody th { min-width: 9rem }
      #overview td:nth-child(3) { min-width: 6.5rem }
      #overview td:nth-child(6) { min-width: 8.5rem }
      #overview :is(th, td):nth-child(4), #overview :is(th, td):nth-child(9) { display: none }
    }
    @media screen and (max-width: 48rem) {
      body { padding-top: 1rem }
      h1 { font-size: 1.5rem }
      .tiles { grid-template-columns: 1fr 1fr; gap: .5rem }
      .tile { padding: .625rem .75rem }
      .period { grid-template-columns: 1fr } .period h3 { padding: 0 } .bars { grid-column: 1 }
      .periods { padding: .75rem }
      form { display: grid; grid-template-columns: 1fr 1fr }
      form input, form select { width: 100% }
      #overview, #overview thead, #overview tbody { display: block }
      #overview thead tr { display: flex; flex-wrap: wrap; gap: 0 .875rem; padding: .375rem .75rem }
      #overview thead th { padding: .125rem 0 }
      #overview tbody tr { display: block; padding: .625rem .75rem; border-top: 1px solid var(--line) }
      #overview tbody :is(th, td) { display: inline; border: 0; padding: 0 .5rem 0 0; width: auto;
        min-width: 0 !important }
      #overview tbody th { display: block; font-size: .9375rem }
      #overview tbody :is(th, td):nth-child(4), #overview tbody :is(th, td):nth-child(9) { display: none }
      #overview tbody td:nth-child(6) { display: block; color: var(--quiet) }
      #overview tbody td:nth-child(7)::before { content: "findings: "; color: var(--quiet) }
      #overview tbody td:nth-child(8)::before { content: "rollback: "; color: var(--quiet) }
      .m > summary > code { display: none }
      .t svg { display: block !important; float: none; width: 100%; height: .5rem; margin-top: .25rem !important }
      .body { padding: .75rem }
      .statements { padding-left: 1.5rem }
      .body .facts { grid-template-columns: 1fr; gap: 0 }
      .facts dd { margin-bottom: .25rem }
      .decision { grid-template-columns: 1fr 1fr; gap: .5rem 1rem }
    }
    @media print {
      :root, :root[data-theme] { color-scheme: light }
      body { max-width: none; padding: 0; background: none; font-size: 10pt }
      .tiles { gap: .375rem }
      table { font-size: 8pt }
      th, td { padding: .25rem .375rem }
      .t svg { margin-top: .5rem !important }
      nav, .js, form, .theme, .copybox button, #caption, .skip { display: none }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
      .tile, tr, .finding, .decision, .steps li, .locks li { break-inside: avoid }
      h2, h3, h4, summary, .statements p:first-child { break-after: avoid }
      .m, .t, .periods, table { border-radius: 0 }
      .m { break-inside: auto }
      a { color: inherit; text-decoration: none }
      .copybox pre { padding-right: .75rem }
    }

    """
}
