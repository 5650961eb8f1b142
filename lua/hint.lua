-- hint.lua - a word of help beside an error: for what people write who come from JavaScript, and for ports that cannot be
-- had. Reads at most one line of the script; never changes what an error says itself.
local core = require "moonport.core"

local hint = {}

-- -- texts of errors ----------------------------------------------------------------------------------------------

-- Of a syntax error: what Lua says, and what the line looks like where that alone may mean anything.
local syntax = {
  { "<name> expected near 'end'", nil, "'end' is a word of Lua: write socket:finish(), or socket[\"end\"](socket)" },
  { "near '!'", nil, "Lua writes ~= for !=, and `not x` for !x" },
  { "near '='", "[!=]==", "Lua writes == and ~= for === and !==" },
  { "near ')'", "=>", "Lua writes function(x) ... end for x => ..." },
  { "near '='", "=>", "Lua writes function(x) ... end for x => ..." },
  { "near '=>'", nil, "Lua writes function(x) ... end for x => ..." },
  { "near '%+'", "%+%+", "Lua writes x = x + 1 for x++" },
  { "near '[-+*/.]'", "[-+*/.]=", "Lua has no += and the like: write x = x + 1" },
  { "near '&'", "&&", "Lua writes `and` for &&" },
  { "near '|'", "||", "Lua writes `or` for ||" },
  { "near '//'", nil, "a comment of Lua begins with --" },
  { "near '/'", "/%*", "a comment of Lua is --[[ ... ]]" },
  { "near '%?'", nil, "Lua writes `a and b or c` for a ? b : c" },
  { "near '{'", nil, "a block of Lua ends with `end`, it has no braces" },
  { "near '`'", nil, "Lua writes (\"%s\"):format(x) or .. for a template string" },
  { "syntax error near", "^%s*let%s", "Lua writes `local` for let" },
  { "syntax error near", "^%s*const%s", "Lua writes `local` for const" },
  { "syntax error near", "^%s*var%s", "Lua writes `local` for var" },
  { "syntax error near", "^%s*throw%s", "Lua writes error(err, 0) for throw err" },
  { "syntax error near", "%f[%w_]new%s", "an object is made by its class alone: Lua has no `new`" },
  { "syntax error near", "%f[%w_]await%s", "a function that waits is called like any other: Lua has no `await`" },
  { "syntax error near", "%f[%w_]async%s", "any function may wait: Lua has no `async`" },
  { "syntax error near", "^%s*continue", "Lua has no `continue`: write `goto continue`, and ::continue:: before the `end`" },
}

local runtime = {
  { "index a nil value %(global 'this'%)", "there is no `this`: use the variable that holds the object" },
  { "index a nil value %(global 'null'%)", "Lua writes nil for null" },
  { "attempt to %l+ a 'string' with a", "Lua joins strings with .." },
  { "attempt to perform arithmetic on a nil value %(field 'length'%)", "Lua writes #x for x.length" },
}

-- The line of a file that a message names, or of the source where that is known; or nil.
local function line_of(file, number, source)
  if source then
    for line in (source .. "\n"):gmatch "([^\n]*)\n" do
      number = number - 1
      if number == 0 then return line end
    end
    return nil
  end
  local handle = io.open(file, "r")
  if not handle then return nil end
  local line
  for _ = 1, tonumber(number) do
    line = handle:read "l"
    if not line then break end
  end
  handle:close()
  return line
end

--- The hint for the text of an error, or nil.
--- @param text string
--- @param source string? of what failed, where it stands in no file
--- @return string?
function hint.of_text(text, source)
  local file, number, said = text:match "([^%s:][^:\n]*):(%d+): ([^\n]* near [^\n]*)"
  if said then
    local line
    for _, row in ipairs(syntax) do
      if said:find(row[1]) then
        if not row[2] then return row[3] end
        line = line or line_of(file, tonumber(number), source) or ""
        if line:find(row[2]) then return row[3] end
      end
    end
    return nil
  end
  local first = text:match "^[^\n]*"
  for _, row in ipairs(runtime) do
    if first:find(row[1]) then return row[2] end
  end
end

local REPORTED = { name = true, code = true, message = true }

--- What a table holds that was raised and is no Error: its report shows what it has in common with one. Nil for others.
--- @param value any
--- @return string?
function hint.of_value(value)
  local meta = debug.getmetatable(value)
  if type(value) ~= "table" then return nil end
  if type(meta) == "table" and (rawget(meta, "__name") == "Error" or rawget(meta, "__tostring")) then return nil end
  for key in next, value do
    if not REPORTED[key] then return "the error object is " .. require "moonport.inspect"(value) end
  end
end

--- The word of help beside the report of an error, or nil.
--- @param report string
--- @param err any
--- @return string?
function hint.of_error(report, err) return hint.of_value(err) or hint.of_text(report) end

-- -- ports --------------------------------------------------------------------------------------------------------

-- Whether two addresses, or one of them for all addresses, are the same to the kernel.
local function overlap(a, b)
  return a == b or a == "::" or b == "::" or a == "0.0.0.0" or b == "0.0.0.0"
end

local function own_server(address, port)
  for _, entry in ipairs(core.process.handles()) do
    local object, where = entry[1], entry[2]
    local listens = object.listening and object.address and object:address()
    if type(listens) == "table" and listens.port == port and overlap(listens.address, address)
      or listens and port == nil and listens == address then
      return where or "?"
    end
  end
end

--- Sets `hint` of an error of listen(), where there is something to say.
--- @param err Error
--- @param address string an IP, or the path of a Unix socket @param port integer?
--- @return Error err
function hint.listen(err, address, port)
  if err.code == "EADDRINUSE" then
    local where = own_server(address, port)
    if where then err.hint = "it is this program's own server that listens there, made at " .. where end
  elseif err.code == "EACCES" and port and port > 0 and port < 1024 then
    err.hint = "ports below 1024 are for root, or for who has CAP_NET_BIND_SERVICE: take a higher one"
  end
  return err
end

return hint
