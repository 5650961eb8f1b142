-- StringDecoder: names of encodings, characters cut anywhere, end, what it refuses
local p = require "prelude"
local StringDecoder = require "string_decoder".StringDecoder

for _, name in ipairs { "", "UTF-8", "ucs2", "binary", "BASE64url", "ASCII", "hex", "buffer", "nope", 5 } do p.attempt(name,
  function() return StringDecoder(name).encoding end) end
p.log(StringDecoder().encoding)

local text = Buffer.from "aé中😀z"
for _, encoding in ipairs { "utf8", "latin1", "ascii", "hex", "base64", "base64url", "utf16le" } do
  local bytes = encoding == "utf16le" and Buffer.from("aé中😀z", encoding) or text
  for size = 1, 4 do
    local decoder, parts = StringDecoder(encoding), {}
    for at = 0, #bytes - 1, size do table.insert(parts, decoder:write(Buffer.subarray(bytes, at, at + size))) end
    table.insert(parts, decoder:finish())
    p.log(encoding, size, encoding == "utf16le" and table.concat(parts) or parts) -- half a pair is a string there
  end
end
local base64 = StringDecoder "base64"
p.log { base64:write "\1\2", base64:finish "\3\4", base64:finish(), base64:write "\5\6\7" }
local units = StringDecoder "utf16le"
p.log { units:write "\x3d", units:write "\0", units:finish(), units:write "\x61\0\x62", units:finish() }
p.attempt("nothing", function() return base64:write() end)
p.attempt("a number", function() return base64:write(5) end)
p.attempt("a number", function() return base64:finish(5) end)
