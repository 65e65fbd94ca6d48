import Syntax

/// A repository as the commands see it that set sqllint up: where its hooks are, and who wrote a line.
///
/// These are questions about the user's own repository; like all others they run none of its programs.
package struct Repository: Sendable {
  /// Who wrote a line, and when.
  package struct Author: Hashable, Sendable {
    package let name: String
    package let day: CalendarDate?
  }

  private let git: Git

  /// Absolute, and without links.
  package var top: RawPath { git.workTree }

  /// `nil` where a folder is in none, or git does not tell.
  package init?(around folder: RawPath) {
    guard let git = try? Git(in: folder) else { return nil }
    self.git = git
  }

  package var hasCommits: Bool { (try? git.commit("HEAD")).flatMap(\.self) != nil }

  /// Whether the clone tells which branch others start from.
  package var hasDefaultBranch: Bool { (try? git.defaultBranch()).flatMap(\.self) != nil }

  /// Where git looks for hooks; absolute.
  package var hooks: RawPath? {
    if let path = git.setting("core.hooksPath") { return RawPath(path).absolute(from: top) }
    return git.commonFolder.map { RawPath($0).absolute(from: top).appending(Array("hooks".utf8)) }
  }

  /// Whether the setting is the repository's own, and not that of all the user's repositories.
  package var hasOwnHooksPath: Bool { git.ownSetting("core.hooksPath") != nil }

  /// The lines of a file as the newest commit has them, each with its author; none where it has no such file.
  package func authors(of path: RawPath) -> [(line: [UInt8], author: Author)] {
    let place = FileSystem.physical(path)
    let name = place.relative(to: top)
    guard name != place, let output = git.blame(name.bytes) else { return [] }
    return GitAnswer.authors(output)
  }
}

extension GitAnswer {
  /// What `blame --porcelain` prints: of each line a header, what is known of its commit where that was not told before,
  /// and the line behind a tab.
  package static func authors(_ output: [UInt8]) -> [(line: [UInt8], author: Repository.Author)] {
    var lines: [(line: [UInt8], author: Repository.Author)] = []
    var authors: [String: Repository.Author] = [:]
    var (commit, name, day) = ("", "", CalendarDate?.none)
    var isHeader = true
    for line in output.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.first == 0x09 {
        if !name.isEmpty { authors[commit] = Repository.Author(name: name, day: day) }
        lines.append((Array(line.dropFirst()), authors[commit] ?? Repository.Author(name: "", day: nil)))
        isHeader = true
        continue
      }
      let text = String(decoding: line, as: UTF8.self)
      if isHeader {
        (commit, name, day) = (text.split(separator: " ").first.map(String.init) ?? "", "", nil)
        isHeader = false
      } else if text.hasPrefix("author ") {
        name = String(text.dropFirst("author ".count))
      } else if text.hasPrefix("author-time "), let seconds = Int(text.dropFirst("author-time ".count)) {
        day = CalendarDate(day: seconds.quotientAndRemainder(dividingBy: 86_400).quotient)
      }
    }
    return lines
  }
}
