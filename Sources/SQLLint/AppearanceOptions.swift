import ArgumentParser
import Reports

/// How text for people looks on standard output.
struct AppearanceOptions: ParsableArguments {
  @Option(
    help: "Whether to use colours (default: auto, on a terminal; NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE count)."
  )
  var color = ColorChoice.auto

  func style(on terminal: Terminal) -> ReportStyle {
    let isColored = color.isColored(on: terminal, isToTerminal: terminal.isOutputTerminal)
    return ReportStyle(color: isColored, width: terminal.isOutputTerminal ? terminal.width : nil)
  }
}

enum ColorChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
  case auto, always, never

  func isColored(on terminal: Terminal, isToTerminal: Bool) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: terminal.wantsColor(isToTerminal: isToTerminal)
    }
  }
}
