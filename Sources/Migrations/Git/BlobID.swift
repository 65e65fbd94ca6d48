/// The object id that git gives to a text: the digest of `blob LENGTH`, a NUL and the text.
///
/// Computed here, because git would run the repository's filters to tell whether a file of the work tree has changed.
/// Sources: gitformat-pack's and hash-function-transition's documentation, FIPS 180-4.
enum BlobID {
  /// Whether an id, of whichever length, is that of a text.
  static func isID(_ id: String, of text: [UInt8]) -> Bool {
    let blob = Array("blob \(text.count)".utf8) + [0] + text
    switch id.utf8.count {
    case 40: return SHA1.digest(of: blob).hexadecimal == id
    case 64: return SHA256.digest(of: blob).hexadecimal == id
    default: return false
    }
  }
}

private enum SHA1 {
  static func digest(of message: [UInt8]) -> [UInt32] {
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
    var w = [UInt32](repeating: 0, count: 80)
    message.forEachBlock { block in
      for i in 0..<16 { w[i] = block.word(i) }
      for i in 16..<80 { w[i] = (w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16]).rotated(left: 1) }
      var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
      for i in 0..<80 {
        let (f, k): (UInt32, UInt32) =
          switch i {
          case 0..<20: ((b & c) | (~b & d), 0x5A82_7999)
          case 20..<40: (b ^ c ^ d, 0x6ED9_EBA1)
          case 40..<60: ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC)
          default: (b ^ c ^ d, 0xCA62_C1D6)
          }
        let next = a.rotated(left: 5) &+ f &+ e &+ k &+ w[i]
        (e, d, c, b, a) = (d, c, b.rotated(left: 30), a, next)
      }
      state[0] &+= a
      state[1] &+= b
      state[2] &+= c
      state[3] &+= d
      state[4] &+= e
    }
    return state
  }
}
