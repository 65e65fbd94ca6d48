/// The code of an error, by the name of its condition.
///
/// Source: PostgreSQL's manual, appendix "PostgreSQL Error Codes".
package enum SQLState: String, Hashable, Sendable, CaseIterable {
  case featureNotSupported = "0A000"
  case dependentObjectsStillExist = "2BP01"
  case invalidTransactionTermination = "2D000"
  case invalidSavepointSpecification = "3B001"
  case invalidCatalogName = "3D000"
  case invalidSchemaName = "3F000"
  case divisionByZero = "22012"
  case invalidParameterValue = "22023"
  case invalidTextRepresentation = "22P02"
  case uniqueViolation = "23505"
  case invalidCursorName = "34000"
  case invalidSQLStatementName = "26000"
  case invalidGrantOperation = "0LP01"
  case readOnlySQLTransaction = "25006"
  case activeSQLTransaction = "25001"
  case noActiveSQLTransaction = "25P01"
  case inFailedSQLTransaction = "25P02"
  case syntaxError = "42601"
  case insufficientPrivilege = "42501"
  case invalidName = "42602"
  case nameTooLong = "42622"
  case duplicateColumn = "42701"
  case ambiguousColumn = "42702"
  case undefinedColumn = "42703"
  case undefinedObject = "42704"
  case duplicateObject = "42710"
  case duplicateAlias = "42712"
  case duplicateFunction = "42723"
  case ambiguousFunction = "42725"
  case groupingError = "42803"
  case datatypeMismatch = "42804"
  case wrongObjectType = "42809"
  case invalidForeignKey = "42830"
  case cannotCoerce = "42846"
  case undefinedFunction = "42883"
  case generatedAlways = "428C9"
  case reservedName = "42939"
  case undefinedTable = "42P01"
  case undefinedParameter = "42P02"
  case duplicateCursor = "42P03"
  case duplicateDatabase = "42P04"
  case duplicatePreparedStatement = "42P05"
  case duplicateSchema = "42P06"
  case duplicateTable = "42P07"
  case ambiguousParameter = "42P08"
  case ambiguousAlias = "42P09"
  case invalidColumnReference = "42P10"
  case invalidColumnDefinition = "42611"
  case invalidCursorDefinition = "42P11"
  case invalidDatabaseDefinition = "42P12"
  case invalidFunctionDefinition = "42P13"
  case invalidPreparedStatementDefinition = "42P14"
  case invalidSchemaDefinition = "42P15"
  case invalidTableDefinition = "42P16"
  case invalidObjectDefinition = "42P17"
  case indeterminateDatatype = "42P18"
  case invalidRecursion = "42P19"
  case windowingError = "42P20"
  case collationMismatch = "42P21"
  case indeterminateCollation = "42P22"
  case programLimitExceeded = "54000"
  case statementTooComplex = "54001"
  case tooManyColumns = "54011"
  case tooManyArguments = "54023"
  case objectNotInPrerequisiteState = "55000"
  case objectInUse = "55006"
  case unsafeNewEnumValueUsage = "55P04"
}

extension SQLState {
  /// Whether something is not there that the statement names.
  package var isAboutMissingObject: Bool {
    switch self {
    case .undefinedTable, .undefinedColumn, .undefinedObject, .undefinedFunction, .invalidSchemaName: true
    default: false
    }
  }

  /// Whether something is there already that the statement makes.
  package var isAboutDuplicate: Bool {
    switch self {
    case .duplicateTable, .duplicateColumn, .duplicateObject, .duplicateSchema, .duplicateFunction: true
    default: false
    }
  }
}
