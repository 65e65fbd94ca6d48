import Foundation
import Syntax
import Testing

@testable import Migrations

@Suite("A program's answer")
struct GitProgramTests {
  /// A program in the place of git.
  private func program(_ script: String, in folder: TemporaryFolder) throws -> GitProgram {
    try folder.write("#!/bin/sh\n\(script)\n", to: "bin/git")
    try folder.setPermissions(0o755, of: "bin/git")
    let path = folder.path + "/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    return try #require(GitProgram(environment: ["PATH": path]))
  }

  private func run(
    _ script: String,
    upTo maximum: Int = 1 << 24
  ) throws -> Result<GitProgram.Answer, Git.Failure> {
    let folder = try TemporaryFolder()
    let program = try program(script, in: folder)
    return Result { () throws(Git.Failure) in try program.run([], in: folder.raw(""), upTo: maximum) }
  }

  @Test("is read from both pipes at once, and of the complaints the beginning is kept", .timeLimit(.minutes(30)))
  func pipes() throws {
    let lines = "yes warning | head -c 1000000"
    let answer = try run("\(lines) >&2; \(lines); \(lines) >&2; exit 3").get()
    #expect(answer.status == 3)
    #expect(answer.output.count == 1_000_000)
    #expect(answer.complaint.count == 1 << 16)
  }

  @Test("has an end, and what is over it is said", .timeLimit(.minutes(30)))
  func tooMuch() throws {
    let result = try run("yes", upTo: 1 << 20)
    #expect(throws: Git.Failure.tooMuch(bytes: 1 << 20)) { try result.get() }
    #expect(
      Git.Failure.tooMuch(bytes: 1 << 20).message(on: ContinuousIntegration()).contains("more than 1048576 bytes")
    )
  }

  @Test("is not waited for without an end")
  func tooLate() {
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    var reading = PipeReading(descriptor, keeping: 1, and: descriptor, keeping: 1)
    #expect(reading.readToEnd(within: 0.05) == .tooLate)
  }

  @Test("what git stopped at is shown, not what it warned of before or advises behind")
  func complaint() {
    let said = """
      warning: in the working copy of 'a.sql', CRLF will be replaced by LF
      error: could not read a
      fatal: detected dubious ownership in repository at '/x'
      To add an exception for this directory, call:
      """
    #expect(GitAnswer.complaint(Array(said.utf8)) == "detected dubious ownership in repository at '/x'")
    #expect(GitAnswer.complaint(Array("warning: a\nerror: b".utf8)) == "b")
    #expect(GitAnswer.complaint(Array("a\nb".utf8)) == "a")
    #expect(GitAnswer.complaint(Array("".utf8)) == "git failed without a message")
  }
}

@Suite("The id of a text")
struct BlobIDTests {
  @Test(
    "is the one that `git hash-object` gives",
    arguments: [
      (
        0, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"
      ),
      (
        3, "7c4a013e52c76442ab80ee5572399a30373600a2",
        "e28585e853c8805799f57c415add38c92ab8fa0b954f4a2abb237727ee3c4372"
      ),
      (
        48, "12d42395b020f44bb7710113b31f688d0ebeda7c",
        "21f4e907f1eb49bc1ddf04b23453eb23d26cf9675b33824ba61d4766c31cb7d5"
      ),
      (
        56, "1f973e890f52da1f22fa7e5620a628bc4ee74cb3",
        "e46dde4f274aaf6fb965d380871ca9f7a8c04038558757e7f305b40dc9ee2684"
      ),
      (
        1000, "a50be72b20f0e3f078d252e8e56b11b4bec67509",
        "fc358af5d918ae5078bf95e047acd8274e3adc0f846e1a11b4ab8d5b5eb92f00"
      ),
    ]
  )
  func ids(length: Int, sha1: String, sha256: String) {
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: length)
    for id in [sha1, sha256] {
      #expect(BlobID.isID(id, of: text))
      #expect(!BlobID.isID(id, of: text + [0]))
    }
    #expect(!BlobID.isID("", of: text))
  }
}
