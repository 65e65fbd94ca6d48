import Testing

@testable import Migrations

@Suite("Patterns of excluded paths")
struct PathPatternTests {
  private func covers(_ pattern: String, _ path: String) -> Bool {
    var exclusions = Exclusions(workingFolder: RawPath("/project/db"))
    exclusions.add([PathPattern(pattern)], writtenIn: RawPath("/project"))
    return exclusions.cover(RawPath(path))
  }

  @Test(
    "these match",
    arguments: [
      ("seed.sql", "migrations/seed.sql"),
      ("seeds", "migrations/seeds/a/b.sql"),
      ("seeds/", "seeds/a.sql"),
      ("*.sql", "migrations/x.sql"),
      ("**/seeds/**", "migrations/seeds/a.sql"),
      ("**/seeds/**", "seeds/a.sql"),
      ("db/migrations/000001_*.sql", "migrations/000001_a.up.sql"),
      ("db/migrations/000001_*.sql", "./migrations/000001_a.up.sql"),
      ("migrations/000001_*.sql", "migrations/000001_a.up.sql"),
      ("other/*.sql", "../other/a.sql"),
      ("/project/other/*.sql", "../other/a.sql"),
      ("**/*.down.sql", "a/b/c.down.sql"),
      ("a/**/z.sql", "a/z.sql"),
      ("a/**/z.sql", "a/b/c/z.sql"),
      ("a/**/b/**/z.sql", "a/x/b/y/b/z.sql"),
      ("00000[1-3]_?.sql", "000002_x.sql"),
      ("[!a].sql", "b.sql"),
      ("[]x].sql", "].sql"),
      ("[ab.sql", "[ab.sql"),
      ("\\*.sql", "*.sql"),
      ("?.sql", "é.sql"),
      ("a*b*c.sql", "a1b2b3c.sql"),
    ]
  )
  func match(_ pattern: String, _ path: String) {
    #expect(covers(pattern, path))
  }

  @Test(
    "these do not",
    arguments: [
      ("seed.sql", "migrations/seeds.sql"),
      ("migrations/*.sql", "migrations/a/b.sql"),
      ("db/migrations/*.sql", "other/a.sql"),
      ("seeds/*.sql", "db/seeds/a.sql"),
      ("a?.sql", "a/.sql"),
      ("[!a].sql", "a.sql"),
      ("\\*.sql", "x.sql"),
      ("*.SQL", "x.sql"),
      ("a/**/z.sql", "b/a/z.sql"),
      ("/other/*.sql", "../other/a.sql"),
    ]
  )
  func noMatch(_ pattern: String, _ path: String) {
    #expect(!covers(pattern, path))
  }

  @Test(
    "each of thousands counts",
    arguments: [
      ("vendor/x/y/old_2999_z.sql", true), ("vendor/old_0.sql", true), ("vendor/x/new_1.sql", false),
      ("old_1.sql", false), ("vendor/x/old_3000.sql", false), ("a/b/1old", true), ("b/a/c/1old", false),
      ("deep/below/kept/x.sql", true), ("deep/kept", true), ("kept/deep/x.sql", false),
      ("l/m/q", true), ("l/x/m/m/y/o", true), ("l/x/n", false), ("l/n/m/n/x", true), ("l/m/x/m/o", true),
    ]
  )
  func manyPatterns(path: String, isCovered: Bool) {
    var exclusions = Exclusions(workingFolder: RawPath("/project"))
    let patterns = (0..<3000).map { PathPattern("vendor/**/old_\($0)[._]*") }
    let others = ["a/*/[0-9]*d", "deep/**/kept/**", "l/**/m/**/n", "l/**/m/**/o", "l/**/q"].map(PathPattern.init)
    exclusions.add(patterns + others, writtenIn: RawPath("/project"))
    #expect(exclusions.cover(RawPath(path)) == isCovered)
  }

  @Test("a pattern that could backtrack for ever does not")
  func manyStars() {
    #expect(!covers(String(repeating: "a*", count: 60) + "b", String(repeating: "a", count: 200)))
    #expect(!covers(String(repeating: "**/a/", count: 30) + "b", String(repeating: "a/", count: 200) + "c"))
    #expect(!covers(String(repeating: "**/a/", count: 5000) + "b", String(repeating: "a/", count: 900) + "c"))
    #expect(covers(String(repeating: "**/a/", count: 800) + "c", String(repeating: "a/", count: 900) + "c"))
  }
}
