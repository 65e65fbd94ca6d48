/// What a runbook's page does: it remembers what is ticked and filled in, and counts it.
enum RunbookScript {
  /// Of ``text``, as the page's policy names it.
  static let digest = "sha256-GX1MvTDGiYaOfKbm73DOy8pH+lZ5MLO0LfnsBamBa74="

  static let text: StaticString = """
    'use strict';
    (() => {
      const all = query => [...document.querySelectorAll(query)];
      const boxes = all('.tasks > li > input'), fields = all('.fill');
      const progress = document.querySelector('#progress'), clear = document.querySelector('#clear');

      // It belongs to this text of the runbook alone: another one begins with empty boxes.
      const text = all('.runbook pre, .runbook label, .runbook h3').map(part => part.textContent).join('\\n');
      let digest = 0x811c9dc5;
      for (let index = 0; index < text.length; index += 1)
        digest = Math.imul(digest ^ text.charCodeAt(index), 0x01000193);
      const key = `sqllint-runbook-${text.length}-${digest >>> 0}`;
      const save = () => {
        const state = { boxes: boxes.map(box => box.checked), fields: fields.map(field => field.value) };
        try { localStorage.setItem(key, JSON.stringify(state)) } catch { }
      };
      const load = () => {
        try {
          const state = JSON.parse(localStorage.getItem(key)) || {};
          boxes.forEach((box, index) => { box.checked = Boolean(state.boxes?.[index]) });
          fields.forEach((field, index) => { field.value = String(state.fields?.[index] ?? '') });
        } catch { }
      };

      const parts = all('nav a').map(link => {
        const count = document.createElement('span');
        count.className = 'n';
        link.after(' ', count);
        const section = document.getElementById(link.hash.slice(1)).parentNode;
        return [count, boxes.filter(box => section.contains(box))];
      });
      const ticked = some => some.filter(box => box.checked).length;
      const tell = () => {
        progress.textContent = `${ticked(boxes)} of ${boxes.length} done`;
        for (const [count, some] of parts) count.textContent = some.length ? `${ticked(some)}/${some.length}` : '';
      };

      // Twice, as there is no way back.
      const asks = 'Clear all?', rests = clear.textContent;
      clear.addEventListener('click', () => {
        if (clear.textContent !== asks) { clear.textContent = asks; return }
        for (const box of boxes) box.checked = false;
        for (const field of fields) field.value = '';
        clear.textContent = rests;
        save();
        tell();
      });
      clear.addEventListener('blur', () => { clear.textContent = rests });
      document.addEventListener('input', event => { if (event.target.closest('.runbook')) { save(); tell() } });
      load();
      tell();
    })();

    """
}
