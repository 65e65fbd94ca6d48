/// What one file, or one preset, says.
package struct ConfigurationLayer: Sendable {
  /// What it builds upon.
  struct Extension: Sendable {
    enum Target: Sendable {
      case preset(Preset)
      /// A path from the file's folder.
      case file(String)
    }

    let target: Target
    let line: Int
    let column: Int
  }

  let partial: Partial
  let entries: [ConfigurationEntry]
  let extensions: [Extension]
}

/// What holds when all that a file builds upon is laid over each other, and where each value comes from.
package struct EffectiveConfiguration: Sendable {
  package private(set) var configuration = Configuration()
  /// In the order in which the keys were first given.
  package private(set) var entries: [ConfigurationEntry] = []
  /// The files, the one that was found last.
  package fileprivate(set) var files: [String] = []
  private var places: [[String]: Int] = [:]

  /// What holds where there is no file.
  package init(names: RuleNames) { take(Preset.default.layer(names)) }

  mutating func take(_ layer: ConfigurationLayer) {
    configuration.take(layer.partial)
    for entry in layer.entries { note(entry) }
  }

  /// Notes what somebody said of a key elsewhere than in a file.
  package mutating func note(_ entry: ConfigurationEntry) {
    if let place = places[entry.path], !entry.isItem {
      entries[place] = entry
    } else {
      if !entry.isItem { places[entry.path] = entries.count }
      entries.append(entry)
    }
  }
}

/// Reads a file with all that it builds upon.
package struct ConfigurationChain {
  /// More than anybody keeps apart, and few enough to read in no time.
  package static let maximumFiles = 32

  /// What a file of a path holds, and what people call it.
  package struct File: Sendable {
    package let name: String
    package let text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  package struct Unreadable: Error {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
  }

  package typealias Reading = (_ path: PlacedText) -> Result<File, Unreadable>

  private let names: RuleNames
  private let read: Reading
  private var effective: EffectiveConfiguration
  private var count = 0

  /// `read` gives the files that the file builds upon, by their paths from its folder.
  package static func resolve(
    _ file: File,
    names: RuleNames,
    read: @escaping Reading
  ) throws(ConfigurationFailure) -> EffectiveConfiguration {
    var chain = ConfigurationChain(names: names, read: read, effective: EffectiveConfiguration(names: names))
    let name = file.name.split(separator: "/").last.map(String.init) ?? file.name
    try chain.add(file, at: name, below: [(name, file.name)])
    return chain.effective
  }

  private init(names: RuleNames, read: @escaping Reading, effective: EffectiveConfiguration) {
    self.names = names
    self.read = read
    self.effective = effective
  }

  /// `files` are those that led here, by path and name.
  private mutating func add(
    _ file: File,
    at path: String,
    below files: [(path: String, name: String)]
  ) throws(ConfigurationFailure) {
    let folder = Self.folder(of: path)
    let name = file.name
    let layer: ConfigurationLayer
    do throws(ConfigurationFailure) {
      layer = try ConfigurationReader.layer(file.text, of: name, in: folder, names: names) { .file(name, line: $0) }
    } catch {
      throw ConfigurationFailure(problems: error.problems.map { $0.placed(in: name) })
    }
    for target in layer.extensions {
      switch target.target {
      case .preset(let preset): effective.take(preset.layer(names))
      case .file(let given):
        let place = Self.normal(given.hasPrefix("/") || folder.isEmpty ? given : "\(folder)/\(given)")
        let fail = { (message: String) in
          ConfigurationFailure.Problem(line: target.line, column: target.column, message: message).placed(in: name)
        }
        if let start = files.firstIndex(where: { $0.path == place }) {
          let circle = (files[start...].map(\.name) + [files[start].name]).joined(separator: " → ")
          throw ConfigurationFailure(problems: [fail("extends leads back to where it began: \(circle)")])
        }
        count += 1
        guard count < Self.maximumFiles else {
          throw ConfigurationFailure(problems: [fail("extends reads more than \(Self.maximumFiles) files")])
        }
        switch read(PlacedText(place)) {
        case .failure(let unreadable):
          throw ConfigurationFailure(problems: [fail("extends: \(given): \(unreadable.reason)")])
        case .success(let next): try add(next, at: place, below: files + [(place, next.name)])
        }
      }
    }
    effective.take(layer)
    effective.files.append(name)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Without `.`, and without `..` behind a name.
  private static func normal(_ path: String) -> String {
    var steps: [Substring] = []
    for step in path.split(separator: "/") where step != "." {
      if step == "..", let last = steps.last, last != ".." { steps.removeLast() } else { steps.append(step) }
    }
    return (path.hasPrefix("/") ? "/" : "") + steps.joined(separator: "/")
  }
}

extension ConfigurationFailure.Problem {
  fileprivate func placed(in file: String) -> Self {
    var problem = self
    problem.file = problem.file ?? file
    return problem
  }
}
