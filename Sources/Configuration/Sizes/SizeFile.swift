import Catalog
import Syntax

/// Reads the sizes of tables that a server was asked for (``SizeQuery``): CSV with a line of names, or JSON, a list of flat
/// objects. Of each table `schema` (`public` where it is missing), `table`, `rows` and `bytes`.
package enum SizeFile {
  /// A hundred thousand tables have some megabytes.
  package static let maximumSize = 1 << 24

  package static func read(_ bytes: [UInt8]) throws(ConfigurationFailure) -> [QualifiedName: TableSizes.Measure] {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    var table = SizeTable()
    do throws(ConfigurationFailure.Problem) {
      if text.first(where: { !$0.isJSONSpace }) == UInt8(ascii: "[") {
        var reader = FlatJSONReader(bytes: text)
        while let (line, record) = try reader.next() { table.add(record, line: line) }
      } else {
        var reader = CSVReader(bytes: text)
        guard let (line, names) = try reader.next() else {
          throw ConfigurationFailure.Problem(
            line: 1,
            column: 1,
            message: "the file is empty: expected schema,table,rows,bytes"
          )
        }
        let header = names.map { $0.lowercased() }
        guard header.contains("table"), header.contains("rows") || header.contains("bytes") else {
          let message = "the first line names no columns of sizes: expected schema,table,rows,bytes"
          throw ConfigurationFailure.Problem(line: line, column: 1, message: message)
        }
        while let (line, values) = try reader.next() {
          guard values.count == header.count else {
            table.complain(line, "this line has \(values.count) values, and the first one has \(header.count)")
            continue
          }
          table.add(Dictionary(zip(header, values)) { first, _ in first }, line: line)
        }
      }
    } catch {
      table.problems.append(error)
    }
    guard table.problems.isEmpty else { throw ConfigurationFailure(problems: table.problems.sorted()) }
    return table.measures
  }
}

/// What has been read so far.
private struct SizeTable {
  var measures: [QualifiedName: TableSizes.Measure] = [:]
  var problems: [ConfigurationFailure.Problem] = []

  private static let maximumProblems = 20
  private static let shownText = 40

  mutating func add(_ record: [String: String], line: Int) {
    guard let table = record["table"], !table.isEmpty else { return complain(line, "the name of the table is missing") }
    let schema = record["schema"].flatMap { $0.isEmpty ? nil : $0 } ?? "public"
    let name = QualifiedName(schema: schema, table)
    guard measures[name] == nil else { return complain(line, "\(shown(name.description)) is there twice") }
    do throws(ConfigurationFailure.Problem) {
      measures[name] = TableSizes.Measure(
        rows: try number(record["rows"], "rows", line),
        bytes: try number(record["bytes"], "bytes", line)
      )
    } catch {
      complain(line, error.message)
    }
  }

  mutating func complain(_ line: Int, _ message: String) {
    guard problems.count < Self.maximumProblems else { return }
    problems.append(ConfigurationFailure.Problem(line: line, column: 1, message: message))
  }

  /// Nothing is nothing known, and so is a number below zero, which PostgreSQL has for a table it has not analyzed.
  private func number(_ text: String?, _ name: String, _ line: Int) throws(ConfigurationFailure.Problem) -> Int? {
    guard let text, !text.isEmpty else { return nil }
    if let number = Int(text) { return number < 0 ? nil : number }
    let message = "\(name) is '\(shown(text))': expected a whole number"
    throw ConfigurationFailure.Problem(line: line, column: 1, message: message)
  }

  private func shown(_ text: String) -> String {
    text.unicodeScalars.count > Self.shownText ? String(text.prefix(Self.shownText)) + "…" : text
  }
}
