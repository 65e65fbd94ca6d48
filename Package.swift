// swift-tools-version: 6.0
import PackageDescription

/// Continuous integration sets this, so that a newer compiler's new warning never breaks a user's build.
let warningsAreErrors = Context.environment["SQLLINT_WARNINGS_AS_ERRORS"] != nil

let settings: [SwiftSetting] =
  [.enableUpcomingFeature("ExistentialAny")]
  + (warningsAreErrors ? [.unsafeFlags(["-warnings-as-errors"])] : [])

func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
  name: "sqllint",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "sqllint", targets: ["SQLLint"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CPgQuery",
      pkgConfig: "libpg_query",
      providers: [.apt(["libpg-query-dev"])]
    ),
    module("Syntax", []),
    module("PostgresParser", ["Syntax", "CPgQuery"]),
    module("Analysis", ["Syntax"]),
    module("Threading", []),
    module("Linting", ["Syntax", "Analysis", "Threading"]),
    module("Rules", ["Syntax", "Analysis", "Linting"]),
    module("Migrations", ["Syntax", "PostgresParser", "Linting", "Threading"]),
    module("Reports", ["Syntax", "Analysis", "Linting"]),
    .executableTarget(
      name: "SQLLint",
      dependencies: [
        "Syntax", "PostgresParser", "Analysis", "Linting", "Rules", "Migrations", "Reports", "Threading", "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings
    ),
    tests("SyntaxTests", ["Syntax"]),
    tests("PostgresParserTests", ["PostgresParser", "LiveServer"]),
    tests("AnalysisTests", ["Analysis", "PostgresParser"]),
    tests("LintingTests", ["Linting", "Analysis", "PostgresParser"]),
    // A PostgreSQL server for tests that hold a claim against the real one.
    .target(name: "LiveServer", path: "Tests/LiveServer", swiftSettings: settings),
    tests("RulesTests", ["Rules", "Linting", "Analysis", "PostgresParser", "LiveServer"]),
    tests("MigrationsTests", ["Migrations", "Linting", "Rules", "Threading"]),
    tests("EffectsTests", ["Analysis", "Linting", "PostgresParser", "Migrations", "LiveServer"]),
    tests("SchemaTests", ["Analysis", "PostgresParser", "LiveServer"]),
    tests("ReplayTests", ["Analysis", "Linting", "PostgresParser", "Migrations", "Rules", "LiveServer"]),
    tests("ReportsTests", ["Reports", "Rules", "Linting", "Analysis", "PostgresParser"]),
    tests("SQLLintTests", ["SQLLint"]),
  ],
  swiftLanguageModes: [.v6]
)
