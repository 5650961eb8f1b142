-- byteLength, isEncoding, isBuffer, toString with every encoding, and its positions
local p = require "prelude"
local encodings = { "utf8", "utf16le", "latin1", "ascii", "base64", "base64url", "hex" }

for _, text in ipairs { "", "abc", "é", "😀", "aé😀", "YWJj", "YWI=", "YQ==", "YQ", "Y", "=", "==", "a b", "===", "abcde" } do
  local lengths = {}
  for i, e in ipairs(encodings) do lengths[i] = Buffer.byteLength(text, e) end
  p.log(text, lengths, Buffer.byteLength(text), Buffer.byteLength(text, "nope"),
    Buffer.byteLength(text, ""), Buffer.byteLength(text, 5), Buffer.byteLength(text, "BINARY"))
end
p.attempt("no text", function() return Buffer.byteLength(5) end)
p.attempt("no text", function() return Buffer.byteLength() end)

for _, name in ipairs { "utf8", "UTF-8", "Utf8", "ucs2", "ucs-2", "UTF16LE", "utf-16le", "latin1", "binary", "ascii", "base64",
  "base64url", "hex", "HEX", "BUFFER", "buffer", "", "nope", "utf", 5, true } do p.log(name, Buffer.isEncoding(name)) end
p.log(Buffer.isEncoding())
p.log(Buffer.isBuffer(Buffer.from "x"), Buffer.isBuffer(5), Buffer.isBuffer(), Buffer.isBuffer { 1 })

local bytes = Buffer.from { 0x61, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 0x7e, 0x00 }
for _, e in ipairs { "utf8", "utf16le", "latin1", "ascii", "base64", "base64url", "hex", "UCS2", "Binary" } do p.log(e,
  bytes:toString(e)) end
local odd = Buffer.from { 0x3d, 0xd8, 0x00, 0xde, 0x61, 0x00, 0x3d, 0xd8, 0x62, 0x00, 0x00, 0xdc, 0x3d, 0xd8, 0x07 }
p.log(odd:toString("utf16le"))
for n = 0, 4 do p.log(bytes:toString("base64", 0, n), bytes:toString("base64url", 3, 3 + n)) end

local six = Buffer.from "abcdef"
for _, args in ipairs { { "hex" }, { "hex", 1 }, { "hex", 1, 2 }, { "hex", -1, 2 }, { "hex", 2, 1 }, { "hex", 9 }, { "hex", 0, 99 },
  { "hex", 1.9, 2.9 },
  { "hex", "1", "2" }, { "hex", "x" }, { "hex", 0, -1 }, { "hex", 3, 3 }, { "nope", 9 }, { "nope" }, { "buffer" }, { 5 }, { "" } } do
  p.attempt(args, function() return six:toString(table.unpack(args)) end)
end
p.log(six:toString())
p.log(six:toString(nil, 2, 4))
