-- string_decoder.lua - the module string_decoder: https://nodejs.org/api/string_decoder.html. Bytes that come in chunks
-- as text, characters whole. What setEncoding() of a socket does, for bytes from elsewhere.
-- It never keeps more than the beginning of one character.

local core = require "moonport.core"
local errors, native = core.errors, core.buffer

local StringDecoder = { __name = "StringDecoder" }
StringDecoder.__index = StringDecoder

function StringDecoder.__inspect(decoder) return { { "encoding", decoder.encoding } } end

local held = setmetatable({}, { __mode = "k" }) -- decoder -> the beginning of a character

--- The text of a chunk, without the character that it cuts off, which waits for the next one. ERR_INVALID_ARG_TYPE.
--- https://nodejs.org/api/string_decoder.html#stringdecoderwritebuffer
--- @param bytes string
--- @return string
function StringDecoder:write(bytes)
  if type(bytes) ~= "string" then errors.raise_type("buf", "of type string", bytes) end
  local text
  text, held[self] = native.decode_chunk((held[self] or "") .. bytes, self.encoding)
  return text
end

--- The text of a last chunk, if any, and of what was held back; the decoder may be used again. `end_` and
--- `["end"]` are the same. https://nodejs.org/api/string_decoder.html#stringdecoderendbuffer
--- @param bytes string?
--- @return string
function StringDecoder:finish(bytes)
  local text = bytes == nil and "" or self:write(bytes)
  local rest = held[self] or ""
  held[self] = nil
  return text .. native.decode(rest, self.encoding)
end
StringDecoder.end_ = StringDecoder.finish
StringDecoder["end"] = StringDecoder.finish

local class = { prototype = StringDecoder }

--- StringDecoder([encoding = "utf8"]) -> a decoder, with the field `encoding`. ERR_UNKNOWN_ENCODING.
--- https://nodejs.org/api/string_decoder.html#new-stringdecoderencoding
--- @param encoding string?
--- @return StringDecoder
local function new(_, encoding)
  local name = encoding == nil and "utf8" or tostring(encoding)
  native.encode("", name == "" and "utf8" or name) -- raises for an unknown one
  return setmetatable({ encoding = native.find(name) or "utf8" }, StringDecoder)
end

return { StringDecoder = setmetatable(class, { __call = new }) }
