-- buffer_spec.lua - Buffer and StringDecoder where Node's example ends: strings that are bytes, copies instead of
-- changes, and what no number of examples shows: however bytes are cut into chunks, the text is the same.
-- What they do as Node does is in spec/parity/buffer_*.
local helper = require "spec.helper"
local buffer = require "buffer"
local StringDecoder = require "string_decoder".StringDecoder
local Buffer = buffer.Buffer
local run, raises = helper.run, helper.raises

local encodings = { "utf8", "utf16le", "latin1", "ascii", "base64", "base64url", "hex" }

-- The same numbers in every run, so that a failure comes again
local seed = 20
local function random(n)
  seed = seed * 6364136223846793005 + 1442695040888963407
  return (seed >> 33) % n + 1
end

local function random_bytes(length)
  local kinds = {
    function() return string.char(random(256) - 1) end,
    function() return utf8.char(random(0xD7FF)) end,
    function() return utf8.char(0xFFFF + random(0x10000)) end,
    function() return ("<I2"):pack(0xD7FF + random(0x800)) end, -- one half of a pair in UTF-16
    function() return ("="):rep(random(3)) end,
  }
  local parts = {}
  for i = 1, length do parts[i] = kinds[random(#kinds)]() end
  return table.concat(parts)
end

describe("A decoder", function()
  for _, encoding in ipairs(encodings) do
    it("of " .. encoding .. " gives the same text for every way to cut the bytes", function()
      for _ = 1, 200 do
        local bytes = random_bytes(random(12) - 1)
        local whole = bytes:toString(encoding)
        for at = 0, #bytes do
          local decoder = StringDecoder(encoding)
          assert.equal(whole, decoder:write(bytes:sub(1, at)) .. decoder:finish(bytes:sub(at + 1)))
        end
        local decoder, parts, at = StringDecoder(encoding), {}, 1
        while at <= #bytes do
          local size = random(4) - 1
          parts[#parts + 1] = decoder:write(bytes:sub(at, at + size - 1))
          at = at + size
        end
        assert.equal(whole, table.concat(parts) .. decoder:finish())
      end
    end)
  end

  it("of a socket is the same one", function()
    for _, encoding in ipairs(encodings) do
      run(function()
        local bytes = random_bytes(50)
        helper.pair(nil, function(client, peer)
          helper.collect(client:setEncoding(encoding), function(text) assert.equal(bytes:toString(encoding), text) end)
          for i = 1, #bytes do setImmediate(function() peer:write(bytes:sub(i, i)) end) end
          setImmediate(function() peer:finish() end)
        end)
      end)
    end
  end)

  it("may be used again after its end, and keeps nothing then", function()
    local decoder = StringDecoder "utf16le"
    assert.equal("", decoder:write "\x3D\xD8")
    assert.equal("\u{FFFD}", decoder["end"](decoder))
    assert.equal("a", decoder:write "a\0")
    assert.equal("", decoder:end_())
  end)

  it("leaves bytes that are no UTF-8 as they are", function()
    local decoder = StringDecoder()
    assert.same({ "\xFFa", "", "\xE4\xB8x", "" }, { decoder:write "\xFFa\xE4", decoder:write "\xB8", decoder:write "x",
      decoder:finish() })
    decoder:write "\xF0\x9F"
    assert.equal("\xF0\x9F", decoder:finish())
  end)

  it("shows what it is", function()
    assert.equal("StringDecoder { encoding: 'latin1' }", require "util".inspect(StringDecoder "binary"))
  end)
end)

describe("Encodings", function()
  it("that can hold any byte give the bytes back", function()
    for _ = 1, 500 do
      local bytes = random_bytes(random(40) - 1)
      for _, encoding in ipairs { "utf8", "latin1", "base64", "base64url", "hex" } do
        local text = Buffer.toString(bytes, encoding)
        assert.equal(bytes, Buffer.from(text, encoding))
        assert.equal(#bytes, Buffer.byteLength(text, encoding))
        assert.equal(#bytes, Buffer.byteLength(text, encoding:upper()))
      end
    end
  end)

  it("of characters give the text back", function()
    for _ = 1, 500 do
      local text = {}
      for i = 1, random(10) do text[i] = utf8.char(random(2) == 1 and random(0xD7FF) or 0xDFFF + random(0x100000)) end
      text = table.concat(text)
      local units = Buffer.from(text, "utf16le")
      assert.equal(text, Buffer.toString(units, "ucs2"))
      assert.equal(#units, Buffer.byteLength(text, "utf16le"))
      assert.equal(#Buffer.from(text, "latin1"), Buffer.byteLength(text, "latin1"))
    end
  end)

  it("work on megabytes", function()
    local bytes = helper.bytes(3000001)
    for _, encoding in ipairs { "hex", "base64", "latin1" } do
      local text = Buffer.toString(bytes, encoding)
      assert.is_true(bytes == Buffer.from(text, encoding))
    end
    assert.equal(Buffer.toString(bytes:sub(1001, 1010), "hex"), Buffer.toString(bytes, "hex", 1000, 1010))
  end)

  it("take any text for hex and base64: what is no digit ends it, or is skipped", function()
    for _ = 1, 500 do
      local text = random_bytes(random(20))
      assert.is_string(Buffer.from(text, "hex"))
      assert.is_string(Buffer.from(text, "base64"))
      assert.is_true(#Buffer.from(text, "base64") <= #text * 3 // 4)
    end
  end)
end)

describe("Strings", function()
  it("have toString, as a method and as a function", function()
    assert.equal("616263", ("abc"):toString "hex")
    assert.equal("626", ("abc"):toString("hex", 1):sub(1, 3))
    assert.equal("abc", ("abc"):toString())
    raises("ERR_UNKNOWN_ENCODING", string.toString, "abc", "nope")
    raises("ERR_INVALID_ARG_TYPE", string.toString, 5, "hex")
    raises("ERR_INVALID_ARG_TYPE", string.toString)
  end)

  it("are all that Buffer works on", function()
    local functions = { "toString", "toJSON", "equals", "subarray", "slice", "indexOf", "lastIndexOf", "includes", "fill",
      "write", "copy", "swap16", "readInt8", "readUIntBE", "writeDoubleBE", "writeIntLE", "byteLength", "compare" }
    for _, name in ipairs(functions) do
      for _, wrong in ipairs { 5, true, {}, print } do raises("ERR_INVALID_ARG_TYPE", Buffer[name], wrong, "x", 0, 1) end
    end
    raises("ERR_INVALID_ARG_TYPE", buffer.isUtf8, 5)
    raises("ERR_INVALID_ARG_TYPE", buffer.isAscii, nil)
  end)

  it("never change", function()
    local bytes = "abcd"
    assert.equal("xxxx", Buffer.fill(bytes, "x"))
    assert.same({ "axyd", 2 }, { Buffer.write(bytes, "xy", 1) })
    assert.same({ "ab12", 2 }, { Buffer.copy("1234", bytes, 2) })
    assert.same({ "a\1\2d", 3 }, { Buffer.writeUInt16BE(bytes, 0x102, 1) })
    assert.equal("badc", Buffer.swap16(bytes))
    assert.equal("abcd", bytes)
  end)

  it("are UTF-8, or ASCII, or neither", function()
    local cases = { { "", true, true }, { "abc\0\127", true, true }, { "é中😀", true, false }, { "\xC3", false, false },
      { "\xED\xA0\x80", false, false }, { "\xC0\x80", false, false }, { "\xF4\x90\x80\x80", false, false } }
    for _, case in ipairs(cases) do
      assert.equal(case[2], buffer.isUtf8(case[1]))
      assert.equal(case[3], buffer.isAscii(case[1]))
    end
  end)
end)

describe("Buffer", function()
  it("is a global, and the module's", function()
    assert.equal("function", type(_G.Buffer.from))
    assert.equal("abc", _G.Buffer "abc")
    assert.equal(buffer, require "node:buffer")
    assert.equal(buffer.kMaxLength, buffer.constants.MAX_LENGTH)
    assert.equal(buffer.kStringMaxLength, buffer.constants.MAX_STRING_LENGTH)
  end)

  it("refuses lists that are none", function()
    raises("ERR_INVALID_ARG_TYPE", Buffer.from, { a = 1 })
    raises("ERR_INVALID_ARG_TYPE", Buffer.from, io.stdout)
    assert.equal("", Buffer.from {})
    local err = raises("ERR_INVALID_ARG_TYPE", Buffer.concat, { "a", 5 })
    assert.equal('The "list[2]" argument must be of type string. Received type number (5)', err.message)
  end)

  it("concatenates, cuts and fills up", function()
    assert.equal("abcdef", Buffer.concat { "abc", "", "def" })
    assert.equal("abcd", Buffer.concat({ "abc", "def" }, 4))
    assert.equal("abc\0\0", Buffer.concat({ "abc" }, 5))
  end)

  it("orders by bytes, whatever the locale says", function()
    local words = { "Z", "a", "é", "\xFF", "", "a\0", "z" }
    table.sort(words, function(a, b) return Buffer.compare(a, b) < 0 end)
    assert.same({ "", "Z", "a", "a\0", "z", "é", "\xFF" }, words)
  end)

  it("finds what string.find finds, and the last of it", function()
    for _ = 1, 500 do
      local bytes, value = {}, {}
      for i = 1, random(30) do bytes[i] = string.char(96 + random(2)) end
      for i = 1, random(4) do value[i] = string.char(96 + random(2)) end
      bytes, value = table.concat(bytes), table.concat(value)
      local offset = random(#bytes) - 1
      local first, last = -1, -1
      for at = #bytes, 1, -1 do
        if bytes:sub(at, at + #value - 1) == value then
          if at - 1 >= offset then first = at - 1 end
          if at - 1 <= offset and last == -1 then last = at - 1 end
        end
      end
      assert.equal(first, Buffer.indexOf(bytes, value, offset))
      assert.equal(last, Buffer.lastIndexOf(bytes, value, offset))
      assert.equal(first ~= -1, Buffer.includes(bytes, value, offset))
    end
  end)

  it("reads what it wrote, at every offset", function()
    local values = {
      Int8 = { -128, 127 }, UInt8 = { 0, 255 }, Int16 = { -32768, 32767 }, UInt16 = { 0, 65535 },
      Int32 = { -1 << 31, (1 << 31) - 1 }, UInt32 = { 0, (1 << 32) - 1 },
      BigInt64 = { math.mininteger, math.maxinteger }, BigUInt64 = { 0, -1 },
      Float = { -0.5, math.huge }, Double = { 0.1, -math.huge },
    }
    for kind, pair in pairs(values) do
      for _, order in ipairs(kind:find "8" and { "" } or { "LE", "BE" }) do
        for _, value in ipairs(pair) do
          for offset = 0, 3 do
            local bytes, behind = Buffer["write" .. kind .. order](("x"):rep(11), value, offset)
            assert.equal(11, #bytes)
            assert.equal(value, Buffer["read" .. kind .. order](bytes, offset))
            assert.equal(("x"):rep(offset) .. ("x"):rep(11 - behind), bytes:sub(1, offset) .. bytes:sub(behind + 1))
          end
        end
      end
    end
    for size = 1, 6 do
      for _, order in ipairs { "LE", "BE" } do
        local low, high = -(1 << size * 8 - 1), (1 << size * 8) - 1
        assert.equal(low, Buffer["readInt" .. order](Buffer["writeInt" .. order](("x"):rep(8), low, 2, size), 2, size))
        assert.equal(high, Buffer["readUInt" .. order](Buffer["writeUInt" .. order](("x"):rep(8), high, 1, size), 1, size))
      end
    end
  end)

  it("takes 64 bits for Lua's integers", function()
    assert.equal(-1, Buffer.readBigUInt64LE(("\xFF"):rep(8)))
    assert.equal(("\xFF"):rep(8), (Buffer.writeBigUInt64BE(("\0"):rep(8), -1)))
    assert.equal("\0\0\0\0\0\0\0\2", (Buffer.writeBigInt64BE(("\0"):rep(8), 2.0)))
    for _, wrong in ipairs { 1.5, 2 ^ 63, 0 / 0 } do raises("ERR_OUT_OF_RANGE", Buffer.writeBigInt64BE, ("\0"):rep(8), wrong) end
  end)

  it("raises for values that are no numbers, where Node writes 0", function()
    for _, name in ipairs { "UInt8", "Int32BE", "DoubleLE", "FloatBE", "BigInt64LE" } do
      for _, wrong in ipairs { "5", true, {} } do
        raises("ERR_INVALID_ARG_TYPE", Buffer["write" .. name], ("\0"):rep(8), wrong)
      end
      raises("ERR_INVALID_ARG_TYPE", Buffer["write" .. name], ("\0"):rep(8))
    end
    raises("ERR_OUT_OF_RANGE", Buffer.writeUInt8, "x", 0 / 0)
    assert.equal("nan", tostring(Buffer.readDoubleBE((Buffer.writeDoubleBE(("\0"):rep(8), 0 / 0)))):gsub("-", ""))
    raises("ERR_INVALID_ARG_TYPE", Buffer.fill, "x", true)
  end)
end)
