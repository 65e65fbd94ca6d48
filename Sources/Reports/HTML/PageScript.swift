/// What the page does: it sorts and filters, and unfolds what a link leads to. It reads what the page says and writes text
/// alone (`textContent`), so that no text of a file can become markup here either.
enum PageScript {
  /// Of ``text``, as the page's policy names it.
  static let digest = "sha256-rsgdtL2tPk+DvsWGG+8Gaza7C+rBlXWdW8YXvs2wxe0="

  static let text: StaticString = """
    'use strict';
    (() => {
      const all = (query, place = document) => [...place.querySelectorAll(query)];
      const one = (query, place = document) => place.querySelector(query);

      const form = one('#filter'), body = one('#overview tbody');
      const bars = all('.bars li, .steps li'), articles = all('.m'), lives = all('.t');
      const rows = body ? [...body.rows] : [];
      const texts = rows.map(row => row.textContent.toLowerCase());
      const names = lives.map(life => one('h3', life).textContent), numbers = lives.map(life => life.id.slice(1));

      // Tables are named once, in their own section.
      if (form) {
        const list = document.createElement('datalist');
        list.id = 'names';
        for (const name of names) list.append(new Option(name));
        form.append(list);
      }

      const filter = () => {
        const field = form.elements;
        const words = field.q.value.toLowerCase().split(/\\s+/).filter(Boolean);
        const wanted = field.table.value.trim().toLowerCase();
        const exact = names.findIndex(name => name.toLowerCase() === wanted);
        const tables = new Set(names.flatMap((name, index) =>
          (exact < 0 ? name.toLowerCase().includes(wanted) : index === exact) ? [numbers[index]] : []));
        let count = 0;
        rows.forEach((row, index) => {
          const data = row.dataset;
          const fits = words.every(word => texts[index].includes(word))
            && (!field.risk.value || field.risk.value.includes(data.r))
            && (!field.approver.value || data.a.split(' ').includes(field.approver.value))
            && (!field.phase.value || data.p.split(' ').includes(field.phase.value))
            && (!field.runner?.value || row.cells[8].textContent === field.runner.value)
            && (!wanted || data.t.split(' ').some(table => tables.has(table)));
          count += fits;
          row.hidden = articles[index].hidden = !fits;
          bars[index].classList.toggle('off', !fits);
        });
        lives.forEach((life, index) => { life.hidden = Boolean(wanted) && !tables.has(numbers[index]) });
        one('#shown').textContent = count === rows.length ? `all ${count} shown` : `${count} of ${rows.length} shown`;
        for (const tile of all('.tile'))
          tile.setAttribute('aria-pressed', String(field.risk.value === tile.dataset.risk));
      };

      if (form) {
        form.addEventListener('input', filter);
        form.addEventListener('submit', event => event.preventDefault());
        form.addEventListener('reset', () => setTimeout(filter));
        for (const tile of all('.tile')) tile.addEventListener('click', () => {
          const risk = form.elements.risk;
          risk.value = risk.value === tile.dataset.risk ? '' : tile.dataset.risk;
          filter();
        });
        filter();
      }

      // Sorting: by what a column means, else by its text; what is equal stays in the order of the history.
      const meaning = {
        0: row => rows.indexOf(row),
        1: row => Number(row.dataset.r),
        5: row => row.dataset.t ? row.dataset.t.split(' ').length : 0,
        6: row => parseInt(row.cells[6].textContent, 10),
      };
      all('#overview thead th').forEach((head, column) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = head.textContent;
        head.replaceChildren(button);
        button.addEventListener('click', () => {
          const isFirst = !head.hasAttribute('aria-sort');
          const down = isFirst ? column in meaning && column > 0 : head.getAttribute('aria-sort') === 'ascending';
          for (const other of all('#overview thead th')) other.removeAttribute('aria-sort');
          head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
          const key = meaning[column] || (row => row.cells[column].textContent);
          const keyed = rows.map(row => [key(row), row]);
          keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1));
          body.append(...keyed.map(([, row]) => row));
        });
      });

      // The timeline is one stop for the keyboard; arrows walk along it, and the line below says where one is.
      const links = all('.bars a'), caption = one('#caption');
      const usual = caption && caption.textContent;
      const tell = link => {
        const cells = rows[links.indexOf(link)].cells;
        caption.textContent = [0, 1, 2, 4, 5].map(cell => cells[cell].textContent).filter(Boolean).join(' · ');
      };
      links.forEach((link, index) => {
        link.tabIndex = index ? -1 : 0;
        link.addEventListener('focus', () => tell(link));
        link.addEventListener('mouseenter', () => tell(link));
        link.addEventListener('mouseleave', () => { caption.textContent = usual });
        link.addEventListener('blur', () => { caption.textContent = usual });
        link.addEventListener('keydown', event => {
          const step = { ArrowRight: 1, ArrowLeft: -1, Home: -index, End: links.length - 1 - index }[event.key];
          const next = step && links[index + step];
          if (!next) return;
          event.preventDefault();
          link.tabIndex = -1;
          next.tabIndex = 0;
          next.focus();
        });
      });

      const show = () => {
        const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
        if (!target) return;
        const holder = target.closest('details');
        if (!holder) return;
        holder.open = true;
        if (holder.hidden && form) form.reset();
        setTimeout(() => {
          target.scrollIntoView();
          (one('summary', holder) || holder).focus({ preventScroll: true });
        });
      };
      window.addEventListener('hashchange', show);
      show();

      const unfold = one('#unfold');
      if (unfold) unfold.addEventListener('click', () => {
        const shown = articles.filter(article => !article.hidden);
        const open = shown.some(article => !article.open);
        for (const article of shown) article.open = open;
        unfold.textContent = open ? 'Fold all' : 'Unfold all';
      });

      // Paper shows what the filter leaves, unfolded unless that is a book.
      const most = 40;
      let unfolded = [];
      window.addEventListener('beforeprint', () => {
        const shown = articles.filter(article => !article.hidden);
        unfolded = (shown.length <= most ? shown.flatMap(article => [article, ...all('details', article)]) : [])
          .filter(part => !part.open);
        for (const part of unfolded) part.open = true;
      });
      window.addEventListener('afterprint', () => { for (const part of unfolded) part.open = false });
    })();

    """
}
