-- inspect_text.lua - text on a terminal, for inspect.lua, console.lua and util.lua: ANSI colours, columns, quotes.
-- It never looks at a value that is no string.

local M = {}

-- -- colours and the like: name -> what turns it on, what turns it off --------

--- The names in Node's order.
---@type string[]
M.color_names = {}
---@type table<string, integer[]>
M.colors = {}

local function define(name, on, off)
  M.color_names[#M.color_names + 1] = name
  M.colors[name] = { on, off }
end

define("reset", 0, 0)
define("bold", 1, 22)
define("dim", 2, 22)
define("italic", 3, 23)
define("underline", 4, 24)
define("blink", 5, 25)
define("inverse", 7, 27)
define("hidden", 8, 28)
define("strikethrough", 9, 29)
define("doubleunderline", 21, 24)
local hues = { "Black", "Red", "Green", "Yellow", "Blue", "Magenta", "Cyan", "White" }
for i, hue in ipairs(hues) do define(hue:lower(), 29 + i, 39) end
for i, hue in ipairs(hues) do define("bg" .. hue, 39 + i, 49) end
define("framed", 51, 54)
define("overlined", 53, 55)
define("gray", 90, 39)
for i = 2, 8 do define(hues[i]:lower() .. "Bright", 89 + i, 39) end
define("bgGray", 100, 49)
for i = 2, 8 do define("bg" .. hues[i] .. "Bright", 99 + i, 49) end
M.colors.grey, M.colors.bgGrey = M.colors.gray, M.colors.bgGray

--- The text in a colour or style.
---@param name string
---@param text string
---@return string
function M.paint(name, text) return ("\27[%dm%s\27[%dm"):format(M.colors[name][1], text, M.colors[name][2]) end

-- -- columns and quotes --------------------------------------------------------

-- Characters that take two columns, and those that take none: first, last, columns
local uncommon = {
  { 0x300, 0x36F, 0 }, { 0x1100, 0x115F, 2 }, { 0x200B, 0x200F, 0 }, { 0x2E80, 0xA4CF, 2 }, { 0xAC00, 0xD7A3, 2 },
  { 0xF900, 0xFAFF, 2 }, { 0xFE00, 0xFE0F, 0 }, { 0xFE30, 0xFE6F, 2 }, { 0xFF01, 0xFF60, 2 }, { 0xFFE0, 0xFFE6, 2 },
  { 0x1F300, 0x1FAFF, 2 }, { 0x20000, 0x3FFFD, 2 },
}

--- Text without its ANSI escape sequences (colours, cursor movements, titles).
---@param text string
---@return string
function M.strip(text)
  if not text:find "[\27\x9B]" then return text end
  text = text:gsub("\xC2\x9B", "\27["):gsub("\27%][^\7\27]*\7", ""):gsub("\27%][^\7\27]*\27\\", "")
  return (text:gsub("\27%[[0-?]*[ -/]*[@-~]", ""):gsub("\27[@-Z\\^_]", ""))
end

--- The columns that a text takes on a terminal.
---@param text string
---@return integer
function M.width(text)
  text = M.strip(text)
  if not text:find("[\x80-\xFF]") or not utf8.len(text) then return #text end
  local sum = utf8.len(text)
  for _, code in utf8.codes(text) do
    for _, range in ipairs(code >= 0x300 and uncommon or {}) do
      if code >= range[1] and code <= range[2] then sum = sum + range[3] - 1 end
    end
  end
  return sum
end

local function hex(bytes)
  return (bytes:gsub(".", function(byte) return ("\\x%02X"):format(byte:byte()) end))
end

local escapes = setmetatable(
  { ["\b"] = "\\b", ["\t"] = "\\t", ["\n"] = "\\n", ["\f"] = "\\f", ["\r"] = "\\r", ["\\"] = "\\\\" },
  { __index = function(_, char) return hex(char) end })

--- A text that does not steer a terminal: control bytes but ends of lines and tabs are escaped.
---@param text string
---@return string
function M.printable(text)
  text = text:gsub("[%c\127]", function(c) return c:find "[\n\t]" and c or ("\\x%02x"):format(c:byte()) end)
  return (text:gsub("\xC2([\x80-\x9F])", function(c) return ("\\xc2\\x%02x"):format(c:byte()) end))
end

-- The quote that needs no escaping, as Node chooses it
local function choose_quote(text)
  if not text:find("'", 1, true) then return "'" end
  if not text:find('"', 1, true) then return '"' end
  if not text:find("`", 1, true) and not text:find("${", 1, true) then return "`" end
  return "'"
end

--- A text as a literal: in quotes, with escapes for what does not print and for bytes that are no UTF-8.
---@param text string
---@return string
function M.quote(text)
  local mark = choose_quote(text)
  local parts, from = {}, 1
  repeat -- one valid piece of UTF-8 and the invalid byte after it
    local valid, bad = utf8.len(text, from)
    local piece = text:sub(from, (bad or #text + 1) - 1):gsub("[\0-\31\127\\]", escapes):gsub("\xC2[\x80-\x9F]", hex)
    parts[#parts + 1] = mark == "'" and piece:gsub("'", "\\'") or piece
    if bad then
      parts[#parts + 1] = hex(text:sub(bad, bad))
      from = bad + 1
    end
  until valid
  return mark .. table.concat(parts) .. mark
end

return M
