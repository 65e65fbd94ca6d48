/// What all pages have about their content: one file that needs nothing else, a style that is dark or light as the reader
/// wishes, and code that can be copied.
///
/// All of a page is there without a script. Its policy (`Content-Security-Policy`) names the digests of the styles and
/// scripts that it brings along, so that nothing else runs or loads, whatever a file's text might become.
package struct PageFrame: Sendable {
  /// A style or a script, with its digest as the policy names it. A test holds the two together; a browser does, too.
  package struct Resource: Sendable {
    package let text: StaticString
    package let digest: String

    package init(_ text: StaticString, digest: String) { (self.text, self.digest) = (text, digest) }
  }

  package static let styles = [Resource(PageStyle.text, digest: PageStyle.digest)]
  package static let scripts = [Resource(FrameScript.text, digest: FrameScript.digest)]

  private let title: String
  private let toolVersion: String
  private let styles: [Resource]
  private let scripts: [Resource]

  /// `styles` and `scripts` are those that only this kind of page has.
  package init(title: String, toolVersion: String, styles: [Resource] = [], scripts: [Resource] = []) {
    self.title = title
    self.toolVersion = toolVersion
    self.styles = Self.styles + styles
    self.scripts = Self.scripts + scripts
  }

  /// Writes the page, chunk by chunk.
  package func write(to output: @escaping ([UInt8]) -> Void, _ content: (inout HTMLWriter) -> Void) {
    HTMLWriter.write(to: output) { html in
      html.element(.html, .own("lang", "en")) { html in
        html.element(.head) { writeHead(to: &$0) }
        html.element(.body) { html in
          content(&html)
          for script in scripts { html.raw(.script, script.text) }
        }
      }
    }
  }

  private func writeHead(to html: inout HTMLWriter) {
    html.void(.meta, .own("charset", "utf-8"))
    html.void(.meta, .own("http-equiv", "Content-Security-Policy"), .text("content", contentPolicy))
    html.void(.meta, .own("name", "viewport"), .own("content", "width=device-width, initial-scale=1"))
    html.void(.meta, .own("name", "color-scheme"), .own("content", "light dark"))
    html.void(.meta, .own("name", "generator"), .text("content", "sqllint \(toolVersion)"))
    html.element(.title, text: title)
    for style in styles { html.raw(.style, style.text) }
  }

  private var contentPolicy: String {
    func sources(_ resources: [Resource]) -> String { resources.map { "'\($0.digest)'" }.joined(separator: " ") }
    return "default-src 'none'; script-src \(sources(scripts)); style-src \(sources(styles)); "
      + "base-uri 'none'; form-action 'none'"
  }

  /// The choice between dark and light, for the head of a page.
  package static func writeThemes(to html: inout HTMLWriter) {
    html.element(.div, .class("theme js")) { html in
      html.element(.label, .own("for", "theme"), text: "Appearance")
      html.element(.select, .own("id", "theme")) { html in
        html.element(.option, .own("value", ""), text: "as the system")
        html.element(.option, .own("value", "light"), text: "light")
        html.element(.option, .own("value", "dark"), text: "dark")
      }
    }
  }
}

/// What every page does: it is dark or light as the reader wishes, and copies code.
enum FrameScript {
  /// Of ``text``, as the page's policy names it.
  static let digest = "sha256-Rfr23YdZLoC2Jf9gEjP2Go5VzJ37X6M4sjx3uOthJ+Q="

  static let text: StaticString = """
    'use strict';
    (() => {
      const all = (query, place = document) => [...place.querySelectorAll(query)];
      const root = document.documentElement;
      root.classList.add('on');

      const theme = document.querySelector('#theme');
      const store = {
        get theme() { try { return localStorage.getItem('sqllint-theme') || '' } catch { return '' } },
        set theme(value) { try { localStorage.setItem('sqllint-theme', value) } catch { } },
      };
      const paint = () => { if (theme.value) root.dataset.theme = theme.value; else delete root.dataset.theme };
      theme.value = store.theme;
      paint();
      theme.addEventListener('change', () => { store.theme = theme.value; paint() });

      // Buttons come when they can be seen.
      const copy = async pre => {
        try { await navigator.clipboard.writeText(pre.textContent) } catch {
          getSelection().selectAllChildren(pre);
          document.execCommand('copy');
        }
      };
      const equip = place => {
        for (const pre of all('pre.copy', place)) {
          if (pre.parentNode.className === 'copybox' || pre.closest('details:not([open])')) continue;
          const box = document.createElement('div'), button = document.createElement('button');
          box.className = 'copybox';
          button.type = 'button';
          button.textContent = 'Copy';
          pre.replaceWith(box);
          box.append(pre, button);
          button.addEventListener('click', async () => {
            await copy(pre);
            button.textContent = 'Copied';
            setTimeout(() => { button.textContent = 'Copy' }, 1500);
          });
        }
      };
      document.addEventListener('toggle', event => { if (event.target.open) equip(event.target) }, true);
      equip(document);
    })();

    """
}
