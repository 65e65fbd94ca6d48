/// Digests of texts. Source: FIPS 180-4.
package enum SHA256 {
  /// The digest in hexadecimal digits.
  package static func hexadecimal(of message: [UInt8]) -> String { digest(of: message).hexadecimal }

  static func digest(of message: [UInt8]) -> [UInt32] {
    var state: [UInt32] = [
      0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
    var w = [UInt32](repeating: 0, count: 64)
    message.forEachBlock { block in
      for i in 0..<16 { w[i] = block.word(i) }
      for i in 16..<64 {
        let (x, y) = (w[i - 15], w[i - 2])
        let s0 = x.rotated(left: 25) ^ x.rotated(left: 14) ^ (x >> 3)
        let s1 = y.rotated(left: 15) ^ y.rotated(left: 13) ^ (y >> 10)
        w[i] = w[i - 16] &+ s0 &+ w[i - 7] &+ s1
      }
      var v = state
      for i in 0..<64 {
        let s1 = v[4].rotated(left: 26) ^ v[4].rotated(left: 21) ^ v[4].rotated(left: 7)
        let s0 = v[0].rotated(left: 30) ^ v[0].rotated(left: 19) ^ v[0].rotated(left: 10)
        let first = v[7] &+ s1 &+ ((v[4] & v[5]) ^ (~v[4] & v[6])) &+ constants[i] &+ w[i]
        let second = s0 &+ ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]))
        for j in (1...7).reversed() { v[j] = v[j - 1] }
        v[4] &+= first
        v[0] = first &+ second
      }
      for j in 0..<8 { state[j] &+= v[j] }
    }
    return state
  }

  private static let constants: [UInt32] = [
    0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
    0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
    0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
    0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
    0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
    0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
    0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
    0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
  ]
}

extension [UInt8] {
  /// Goes over blocks of 64 bytes; the last ones hold a one bit and the length in bits.
  func forEachBlock(_ body: (ArraySlice<UInt8>) -> Void) {
    let whole = count / 64 * 64
    for start in stride(from: 0, to: whole, by: 64) { body(self[start..<(start + 64)]) }
    var rest = Array(self[whole...]) + [0x80]
    while rest.count % 64 != 56 { rest.append(0) }
    rest += (0..<8).map { UInt8(truncatingIfNeeded: (UInt64(count) * 8) >> (56 - 8 * UInt64($0))) }
    for start in stride(from: 0, to: rest.count, by: 64) { body(rest[start..<(start + 64)]) }
  }
}

extension ArraySlice<UInt8> {
  /// A word of four bytes, the greatest first.
  func word(_ index: Int) -> UInt32 {
    let start = startIndex + 4 * index
    return UInt32(self[start]) << 24 | UInt32(self[start + 1]) << 16 | UInt32(self[start + 2]) << 8
      | UInt32(self[start + 3])
  }
}

extension UInt32 {
  func rotated(left count: UInt32) -> UInt32 { self << count | self >> (32 - count) }
}

extension [UInt32] {
  var hexadecimal: String {
    map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }.joined()
  }
}
