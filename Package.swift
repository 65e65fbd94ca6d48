// swift-tools-version: 6.0
import PackageDescription

/// Continuous integration sets this, so that a newer compiler's new warning never breaks a user's build.
let warningsAreErrors = Context.environment["SQLLINT_WARNINGS_AS_ERRORS"] != nil

let settings: [SwiftSetting] =
  [.enableUpcomingFeature("ExistentialAny")]
  + (warningsAreErrors ? [.unsafeFlags(["-warnings-as-errors"])] : [])

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
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
    room("Syntax", []),
    room("PostgresParser", ["Syntax", "CPgQuery"]),
    room("Analysis", ["Syntax"]),
    room("Rules", ["Syntax", "Analysis"]),
    room("Migrations", ["Syntax", "PostgresParser", "Analysis"]),
    room("Reports", ["Syntax", "Analysis"]),
    .executableTarget(
      name: "SQLLint",
      dependencies: [
        "Syntax", "PostgresParser", "Analysis", "Rules", "Migrations", "Reports", "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings
    ),
    tests("SyntaxTests", ["Syntax"]),
    tests("PostgresParserTests", ["PostgresParser", "LiveServer"]),
    tests("AnalysisTests", ["Analysis", "PostgresParser"]),
    // A PostgreSQL server for tests that hold a claim against the real one.
    .target(name: "LiveServer", path: "Tests/LiveServer", swiftSettings: settings),
    tests("RulesTests", ["Rules", "Analysis", "PostgresParser", "LiveServer"]),
    tests("MigrationsTests", ["Migrations", "Analysis", "Rules"]),
    tests("EffectsTests", ["Analysis", "PostgresParser", "Migrations", "LiveServer"]),
    tests("SchemaTests", ["Analysis", "PostgresParser", "LiveServer"]),
    tests("ReplayTests", ["Analysis", "PostgresParser", "Migrations", "Rules", "LiveServer"]),
    tests("ReportsTests", ["Reports", "Rules", "Analysis", "PostgresParser"]),
    tests("SQLLintTests", ["SQLLint"]),
  ],
  swiftLanguageModes: [.v6]
)
