/// Where sqitch keeps its plan and scripts, as paths from a folder.
///
/// Source: sqitch, `lib/App/Sqitch/Target.pm`, whose keys are looked up for the engine and then in `core`; what a target
/// has of its own is not told by the folder.
struct SqitchLayout {
  let plan: String
  let deploy: String
  let revert: String
  /// Where the scripts of reworked changes are, and these where they are not there.
  let reworkedDeploy: [String]
  let reworkedRevert: [String]
  let fileExtension: String
  /// The subfolders that hold any of it.
  let folders: Set<String>

  /// Whether the up scripts are in a subfolder.
  func leadsUp(_ subfolder: RawPath) -> Bool {
    deploy.split(separator: "/").last.map { subfolder.name.elementsEqual($0.utf8) } ?? false
  }

  /// Where a script would stand.
  func path(of script: String, in places: [String], of folder: MigrationFolder) -> RawPath {
    "\(places.first ?? deploy)/\(script).\(fileExtension)".split(separator: "/")
      .reduce(folder.path) { $0.appending(Array($1.utf8)) }
  }

  /// `nil` where there is no plan for the folder, by its own `sqitch.conf` or one above.
  init?(of folder: MigrationFolder) {
    var found = SqitchLayout(Settings(""), from: "", inTop: false)
    for above in ["", "../", "../../"] {
      guard let text = folder.text(of: above + "sqitch.conf") else { continue }
      let settings = Settings(text)
      let isTop = folder.isSame(as: above + (settings["top_dir"] ?? "."))
      if above.isEmpty || isTop { found = SqitchLayout(settings, from: above, inTop: isTop) }
      break
    }
    guard folder.has(found.plan) else { return nil }
    self = found
  }

  private init(_ settings: Settings, from above: String, inTop isTop: Bool) {
    let top = settings["top_dir"] ?? "."
    /// A path of the configuration, seen from the folder.
    func path(_ path: String) -> String {
      let parts = path.split(separator: "/").filter { $0 != "." }
      let topParts = top.split(separator: "/").filter { $0 != "." }
      let isBelow = isTop && parts.starts(with: topParts)
      return (isBelow ? "" : above) + parts.dropFirst(isBelow ? topParts.count : 0).joined(separator: "/")
    }
    let reworked = settings["reworked_dir"] ?? top
    plan = path(settings["plan_file"] ?? "\(top)/sqitch.plan")
    deploy = path(settings["deploy_dir"] ?? "\(top)/deploy")
    revert = path(settings["revert_dir"] ?? "\(top)/revert")
    reworkedDeploy = [path(settings["reworked_deploy_dir"] ?? "\(reworked)/deploy"), deploy]
    reworkedRevert = [path(settings["reworked_revert_dir"] ?? "\(reworked)/revert"), revert]
    fileExtension = settings["extension"] ?? "sql"
    let verify = path(settings["verify_dir"] ?? "\(top)/verify")
    let all = [deploy, revert, verify] + reworkedDeploy + reworkedRevert
    folders = Set(all.compactMap { $0.split(separator: "/").first.map(String.init) })
  }

  /// `sqitch.conf`, which is written as Git's configuration is.
  private struct Settings {
    private var values: [String: String] = [:]

    init(_ text: String) {
      var section = ""
      for line in text.split(whereSeparator: \.isNewline).map(\.trimmed) {
        if line.first == "[" {
          section = line.filter { !"[]\"".contains($0) }.split(whereSeparator: \.isWhitespace).joined(separator: ".")
        } else if let equals = line.firstIndex(of: "="), line.first != "#", line.first != ";" {
          let key = line[..<equals].trimmed
          let value = line[line.index(after: equals)...].prefix { $0 != "#" && $0 != ";" }.trimmed
          values["\(section).\(key)"] = value.filter { $0 != "\"" }
        }
      }
    }

    subscript(key: String) -> String? { values["engine.pg.\(key)"] ?? values["core.\(key)"] }
  }
}

extension MigrationFolder {
  /// Whether a path from it leads to itself.
  fileprivate func isSame(as relativePath: String) -> Bool {
    let other = relativePath.split(separator: "/").reduce(path) { $0.appending(Array($1.utf8)) }
    guard let own = try? FileSystem.inspect(path).identity else { return false }
    return (try? FileSystem.inspect(other).identity) == own
  }
}
