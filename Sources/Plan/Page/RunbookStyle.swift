/// How a runbook looks beside what all pages have (``PageFrame``).
enum RunbookStyle {
  /// Of ``text``, as the page's policy names it.
  static let digest = "sha256-e6UT1iOTsX+vOb2I+xlND3jDq1GYquFVkT8gjBqV+jM="

  static let text: StaticString = """
    .runbook { max-width: 60rem }
    .runbook p { margin: .5rem 0 }
    .runbook ul:not(.tasks) { margin: .375rem 0; padding-left: 1.25rem }
    .runbook li { margin: .1875rem 0 }
    .runbook table { margin: .75rem 0 }
    .runbook td { overflow-wrap: break-word }
    .runbook td:has(code) { overflow-wrap: anywhere }
    .where .js { white-space: nowrap }
    #clear { min-height: 1.5rem; padding: 0 .5rem; font-size: .8125rem }
    nav .n { color: var(--quiet); font-variant-numeric: tabular-nums }
    .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .375rem 1rem;
      margin: 0 0 .75rem }
    header + .runbook > .card { margin-top: 1.25rem }
    .card h3 { margin: .375rem 0 }
    .tasks { list-style: none }
    .runbook .tasks > li { display: grid; grid-template-columns: 1.5rem minmax(0, 1fr); gap: .625rem;
      margin: .5rem 0; align-items: start }
    .tasks > li > input { width: 1.5rem; height: 1.5rem; min-height: 0; margin: 0; padding: 0;
      accent-color: var(--link) }
    .tasks > li > input:checked + div > label { color: var(--quiet) }
    .tasks label { cursor: pointer }
    .fill { width: 12rem; min-height: 1.625rem; padding: 0 .25rem; border-width: 0 0 1px; border-radius: 0;
      background: none; vertical-align: baseline }
    td .fill { width: 100% }

    @media screen and (max-width: 48rem) {
      .card { padding: .375rem .75rem }
      .runbook table, .runbook tbody, .runbook tr, .runbook td { display: block }
      .runbook thead { display: none }
      .runbook tr { padding: .5rem; border-top: 1px solid var(--line) }
      .runbook tr:first-child { border-top: 0 }
      .runbook td { padding: 0; border: 0; overflow-wrap: anywhere }
      .runbook td:first-child { font-weight: 600 }
    }
    @media print {
      .runbook { max-width: none }
      .card { border: 0; padding: 0; background: none }
      .runbook h2 { border-bottom: 1px solid #000 }
      .runbook pre { padding: .375rem .5rem; font-size: 7.5pt }
      .tasks > li > input { appearance: none; width: .875rem; height: .875rem; border: 1px solid #000;
        border-radius: 2px; margin-top: .25rem }
      .tasks > li > input:checked { background: #000 }
      .fill { border-color: #000 }
      .tasks > li, .runbook pre { break-inside: avoid-page }
    }

    """
}
