---@meta string_decoder

--- Bytes that come in chunks as text, characters whole: what `socket:setEncoding()` does, for bytes from elsewhere.
--- [Node](https://nodejs.org/api/string_decoder.html)
---@class string_decoder
---@field StringDecoder StringDecoderClass
local string_decoder = {}

--- Makes a decoder. Raises ERR_UNKNOWN_ENCODING.
--- [Node](https://nodejs.org/api/string_decoder.html#new-stringdecoderencoding)
---@class StringDecoderClass
---@overload fun(encoding?: string): StringDecoder
---@field prototype StringDecoder

---@class StringDecoder
---@field encoding string "utf8", "utf16le", "latin1", "ascii", "base64", "base64url" or "hex"
local StringDecoder = {}

--- The text of a chunk, without a character that is cut off by its end: that waits for the next chunk. Raises
--- ERR_INVALID_ARG_TYPE. [Node](https://nodejs.org/api/string_decoder.html#stringdecoderwritebuffer)
---@param bytes string
---@return string
function StringDecoder:write(bytes) end

--- The text of a last chunk, if there is one, and of what was held back. Bytes that end in the middle of a character of
--- utf8 are left as they are. [Node](https://nodejs.org/api/string_decoder.html#stringdecoderendbuffer)
---@param bytes? string
---@return string
function StringDecoder:finish(bytes) end

--- The same as finish.
StringDecoder.end_ = StringDecoder.finish
--- The same as finish.
StringDecoder["end"] = StringDecoder.finish

return string_decoder
