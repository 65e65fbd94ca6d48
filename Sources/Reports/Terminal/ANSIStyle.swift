import Linting

/// ANSI colours, where the style wants them.
package struct ANSIStyle {
  let isOn: Bool

  package init(isOn: Bool) { self.isOn = isOn }

  package enum Tone: String {
    case bold = "1"
    case underlined = "1;4"
    case cyan = "36"
    case yellow = "33"
    case red = "31"
    case boldRed = "1;31"
    case green = "32"
    case blue = "34"
  }

  package func callAsFunction(_ text: String, _ tone: Tone) -> String {
    isOn && !text.isEmpty ? "\u{1b}[\(tone.rawValue)m\(text)\u{1b}[0m" : text
  }

  func callAsFunction(_ text: String, _ risk: Risk) -> String {
    switch risk {
    case .low: self(text, .cyan)
    case .medium: self(text, .yellow)
    case .high: self(text, .red)
    case .critical: self(text, .boldRed)
    }
  }
}
