-- repl_chunk.lua - what is typed at the prompt as functions: an expression gives its values, and what one entry makes
-- `local` is there in the next, as if all were one chunk. Never runs anything itself.
--
-- A local lives in a cell: a function that has it as its first upvalue. An entry ends with code of ours that makes such a
-- function of each of its locals; in a later entry that names one, the variable is joined to its cell. So closures of
-- earlier entries, and later assignments, mean the same variable.

local M = {}

local CHUNK = "=stdin"
local CAPTURE = "__moonport_local" -- what our code at the end of an entry calls

local words = {}
for word in ([[and break do else elseif end false for function goto if in local nil not or repeat return then true until
  while]]):gmatch "%l+" do words[word] = true end
M.words = words

--- A session: the locals of its entries.
function M.new() return { cells = {} } end

-- -- names in a source: too many do no harm ---------------------------------------------------------------------------

local function mentioned(session, source)
  local names, seen = {}, {}
  if next(session.cells) == nil then return names end
  for name in source:gmatch "[%a_][%w_]*" do
    if session.cells[name] and not seen[name] then seen[name], names[#names + 1] = true, name end
  end
  return names
end

-- What may be a local of the source's outermost block; `accept`, if it is given, is asked with what stands before it.
local function declared(source, accept)
  local names, seen = {}, {}
  for at, from in source:gmatch "()%f[%w_]local%f[^%w_]%s*()" do
    local of_function = source:match("^function%s+([%a_][%w_]*)", from)
    local list = of_function or source:match("^[%a_][%w_]*[%s,<>%w_]*", from) or ""
    for name in list:gsub("<[^>]*>", ""):gmatch "[%a_][%w_]*" do
      if words[name] or accept and not accept(source:sub(1, at - 1)) then break end
      if name ~= "_ENV" and not seen[name] then seen[name], names[#names + 1] = true, name end
    end
  end
  return names
end

-- -- loading ----------------------------------------------------------------------------------------------------------

local function capture_code(names)
  local parts = {}
  for i, name in ipairs(names) do parts[i] = (" %s(%q,function()return %s end)"):format(CAPTURE, name, name) end
  return table.concat(parts)
end

-- Makes a local of the session of what our code has captured.
local function capture_into(session)
  return function(variable, cell)
    local upvalue = debug.getupvalue(cell, 1)
    if upvalue == nil then -- a constant, which the compiler has put in its place
      local value = cell()
      cell = function() return value end
    elseif upvalue ~= variable then
      return -- of an inner block: there is no such local here
    end
    session.cells[variable] = cell
  end
end

local function pass(...) return ... end

-- A function of the source in which `names` are locals of the session; `helper` is what CAPTURE means in it.
local function load_with(session, names, source, helper)
  table.insert(names, 1, CAPTURE)
  local maker = load(("local %s;return function(...)%s\nend"):format(table.concat(names, ","), source), CHUNK, "t")
  if not maker then return nil end
  local f = maker()
  for i = 1, 255 do
    local name = debug.getupvalue(f, i)
    if not name then break end
    if name == CAPTURE then
      debug.setupvalue(f, i, helper)
    elseif session.cells[name] then
      debug.upvaluejoin(f, i, session.cells[name], 1)
    end
  end
  return f
end

-- The last line of several, if it is an expression: its values are shown, as if it had been entered by itself. `ok`: the
-- source is a chunk as it is; then a line that may go on the one before is taken to do so.
local function with_result(source, ok)
  local before, last = source:match "^(.*\n)([^\n]*%S[^\n]*)%s*$"
  if not before or not load("return " .. last, CHUNK, "t") then return nil end
  local shown = before .. "return " .. last
  if ok and not last:find "^%s*[%w_]" then return nil end
  return load(shown, CHUNK, "t") and shown
end

-- Where the last statement is a `return`, our code goes before it.
local function before_return(source, code)
  local at
  for from in source:gmatch "()%f[%w_]return%f[^%w_]" do at = from end
  return at and source:sub(1, at - 1) .. code .. " " .. source:sub(at)
end

local function load_statements(session, source)
  local names, locals = mentioned(session, source), declared(source)
  if #names == 0 and #locals == 0 then return nil end
  local code = capture_code(locals)
  local capture = capture_into(session)
  local f = load_with(session, { table.unpack(names) }, source .. "\n" .. code, capture)
  if f or #locals == 0 then return f end
  local with_return = before_return(source, code)
  return with_return and load_with(session, { table.unpack(names) }, with_return, capture)
    or load_with(session, names, source, capture)
end

--- The function that an entry is. nil, "incomplete": more lines are wanted. nil, message: it is no Lua.
--- @return function? @return string?
function M.compile(session, source)
  source = source:gsub("^%s*=%f[^=]", "return ") -- as older Luas were asked for values
  local f, trouble = load("return " .. source .. "\n", CHUNK, "t")
  if f then -- as arguments of `pass` its calls are no tail calls: tracebacks have the entry
    local ending = source:find("--", 1, true) and "\n" or "" -- of a comment
    source = "return " .. CAPTURE .. "(" .. source .. ending .. ")"
    return load_with(session, mentioned(session, source), source, pass) or f
  end
  local incomplete = trouble:find "<eof>$"
  f, trouble = load(source, CHUNK, "t")
  if not f and trouble:find "<eof>$" then f, trouble = load(source .. "\n", CHUNK, "t") end -- which ends a text in quotes
  local shown = with_result(source, f)
  if f or shown then
    source = shown or source
    return load_statements(session, source) or load(source, CHUNK, "t")
  end
  if incomplete or trouble:find "<eof>$" then return nil, "incomplete" end
  return nil, trouble
end

-- The level of a function for its caller. It is near the outermost one: those below may be a million, and each level is
-- found by counting.
local function level_of(f)
  local there, beyond = 1, 2
  while debug.getinfo(beyond, "l") do there, beyond = beyond, beyond * 2 end
  while beyond - there > 1 do
    local middle = (there + beyond) // 2
    if debug.getinfo(middle, "l") then there = middle else beyond = middle end
  end
  for level = there, math.max(there - 20, 2), -1 do
    if debug.getinfo(level, "f").func == f then return level - 1 end
  end
end

local LONGEST = 16 * 1024 -- bytes of a source that is looked at once more for each local

--- What an entry that fails has made local before; its function is on the stack still. Closures of that entry have
--- variables of their own.
function M.rescue(session, source, f)
  local level = #source <= LONGEST and level_of(f)
  if not level then return end
  local outermost = {} -- what is a chunk up to its `local`
  for _, name in ipairs(declared(source, function(before) return load(before, CHUNK, "t") end)) do outermost[name] = true end
  for i = 1, 255 do
    local name, value = debug.getlocal(level, i)
    if not name then break end
    if outermost[name] then session.cells[name] = function() return value end end
  end
end

--- The value of a local, and whether there is one of that name.
function M.get(session, name)
  local cell = session.cells[name]
  if not cell then return nil, false end
  return select(2, debug.getupvalue(cell, 1)), true
end

return M
