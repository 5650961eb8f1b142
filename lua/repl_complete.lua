-- repl_complete.lua - what Tab makes of a word: names of the session and of Lua, fields and methods of what stands before
-- a dot or a colon, modules after `require "`, events after `:on("`, commands. It calls nothing of the user's but
-- properties of objects, under pcall.

local chunk = require "moonport.repl_chunk"
local commands = require "moonport.repl_commands"
local help = require "moonport.repl_help"

-- -- what a value has -----------------------------------------------------------------------------------------------------

local function metatable_of(value)
  local meta = debug.getmetatable(value)
  return type(meta) == "table" and meta or {}
end

-- One of our objects: its methods and properties are tables that its __index has as upvalues, in this order
-- (bindings/class.c); its own fields are its second user value.
local function object_names(found, value, index)
  for i = 2, 3 do
    local _, names = debug.getupvalue(index, i)
    for name in next, type(names) == "table" and names or {} do found[name] = i == 2 and "method" or "property" end
  end
  local fields = debug.getuservalue(value, 2)
  for name, field in next, type(fields) == "table" and fields or {} do
    found[name] = type(field) == "function" and "method" or "property"
  end
end

local function table_names(found, value)
  for name, field in next, value do
    if found[name] == nil then
      local callable = type(field) == "function" or rawget(metatable_of(field), "__call") ~= nil
      found[name] = callable and "method" or "property"
    end
  end
end

-- name -> "method" or "property"
local function names_of(value)
  local found = {}
  for _ = 1, 10 do
    local meta = metatable_of(value)
    local index = rawget(meta, "__index")
    if type(value) == "table" then table_names(found, value) end
    if type(value) == "userdata" and type(index) == "function" and debug.getinfo(index, "S").what == "C" then
      object_names(found, value, index)
    end
    local walk = rawget(meta, "__pairs")
    if type(index) == "function" and type(walk) == "function" then
      pcall(function()
        for name, field in walk(value) do found[name] = type(field) == "function" and "method" or "property" end
      end)
    end
    if type(index) ~= "table" then break end
    value = index
  end
  return found
end

-- The value of `a.b.c`, or of a text in quotes; nil if there is none.
local function value_of(session, expression)
  if expression:find "^[\"']" or expression:find "^%([\"']" then return "" end
  local first, rest = expression:match "^([%a_][%w_]*)(.*)$"
  if not first then return nil end
  local value, known = session.value(first)
  if not known then return nil end
  for name in rest:gmatch "[.:]([%w_]+)" do
    local ok, field = pcall(function() return value[name] end)
    if not ok then return nil end
    value = field
  end
  return value
end

-- -- kinds of words: each returns a list of words that take the place of what matched at its end ---------------------------

local function matching(names, prefix, accept)
  local list = {}
  for name, kind in pairs(names) do
    local fits = type(name) == "string" and name:sub(1, #prefix) == prefix and name:find "^[%a_][%w_]*$"
    local hidden = fits and name:find "^_" and not prefix:find "^_"
    if fits and not hidden and not chunk.words[name] and (not accept or accept(kind)) then list[#list + 1] = name end
  end
  table.sort(list)
  return list
end

local function global_names(session, prefix)
  local names = session.names()
  for name in pairs(_G) do names[name] = true end
  local list = matching(names, prefix)
  for word in pairs(chunk.words) do
    if prefix ~= "" and word:sub(1, #prefix) == prefix then list[#list + 1] = word end
  end
  table.sort(list)
  return list
end

local function field_names(session, owner, sign, prefix)
  local value = value_of(session, owner)
  if value == nil then return {} end
  local names = names_of(value)
  if type(rawget(metatable_of(value), "__index")) == "function" then -- a module may make its fields when they are asked for
    for _, module in ipairs(help.modules(session)) do
      if rawequal(package.loaded[module], value) then
        for name, kind in pairs(help.members(session, module)) do names[name] = names[name] or kind end
      end
    end
  end
  return matching(names, prefix, sign == ":" and function(kind) return kind == "method" end)
end

local function with_prefix(names, prefix)
  local list, seen = {}, {}
  for _, name in ipairs(names) do
    if name:sub(1, #prefix) == prefix and not seen[name] then seen[name], list[#list + 1] = true, name end
  end
  table.sort(list)
  return list
end

-- Modules of Lua's in the folders of package.path: one level, and the folder that the prefix names.
local function module_names(session, prefix)
  local names = help.modules(session)
  for i = 1, #names do names[#names + 1] = "node:" .. names[i] end
  for _, loaded in ipairs { package.loaded, package.preload } do
    for name in pairs(loaded) do
      if type(name) == "string" and not name:find "^moonport%." then names[#names + 1] = name end
    end
  end
  local within = prefix:match "^(.*%.)" or ""
  for template in package.path:gmatch "[^;]+" do
    local folder, suffix = template:match "^(.-)%?(%.lua)$"
    if folder then
      folder = folder .. within:gsub("%.", "/")
      for _, file in ipairs(session.files(folder == "" and "." or folder)) do
        if file:sub(-#suffix) == suffix then names[#names + 1] = within .. file:sub(1, -#suffix - 1) end
      end
    end
  end
  return with_prefix(names, prefix)
end

local function event_names(session, owner, prefix)
  local value = value_of(session, owner)
  local names = {}
  local class = rawget(metatable_of(value), "__name")
  for name in pairs(help.events(session, type(class) == "string" and class or nil)) do names[#names + 1] = name end
  pcall(function()
    for _, name in ipairs(value:eventNames()) do
      if type(name) == "string" then names[#names + 1] = name end
    end
  end)
  return with_prefix(names, prefix)
end

-- -- the line --------------------------------------------------------------------------------------------------------------

local TAKES_EVENT = {}
for name in ([[on once off emit wait events addListener removeListener prependListener prependOnceListener listeners
  listenerCount rawListeners removeAllListeners]]):gmatch "%a+" do TAKES_EVENT[name] = true end

-- The words for the end of a line, and that end.
local function words_for(session, line)
  local prefix = line:match "^%s*%.(%a*)$"
  if prefix then return with_prefix(commands.names, prefix), prefix end
  prefix = line:match "^%s*%.help%s+(%S*)$"
  if prefix then return with_prefix(help.names(session), prefix), prefix end
  prefix = line:match "%f[%w_]require%s*%(?%s*[\"']([%w_.:-]*)$"
  if prefix then return module_names(session, prefix), prefix end
  local owner, method, event = line:match "([%a_][%w_.:]*)[.:](%a+)%s*%(?%s*[\"'](%w*)$"
  if owner and TAKES_EVENT[method] then return event_names(session, owner, event), event end
  method, event = line:match "%):(%a+)%s*%(?%s*[\"'](%w*)$" -- of what a call returns: any event
  if TAKES_EVENT[method] then return event_names(session, "", event), event end
  local sign
  owner, sign, prefix = line:match "([%a_][%w_.]*)([.:])([%w_]*)$"
  if not owner then owner, sign, prefix = line:match "(%(?\"[^\"]*\"%)?)(:)([%w_]*)$" end
  if not owner then owner, sign, prefix = line:match "(%(?'[^']*'%)?)(:)([%w_]*)$" end
  if owner then return field_names(session, owner, sign, prefix), prefix end
  prefix = line:match "[%w_]*$"
  if prefix:find "^%d" or line:find "[.:][%w_]*$" then return {}, prefix end
  return global_names(session, prefix), prefix
end

--- What the text from byte `start` (from 0) to the end of a line may be replaced by: nothing where a blank line is to be
--- indented, which is a tab.
--- @return string[]
return function(session, line, start)
  if not line:find "%S" then return { "\t" } end
  local words, prefix = words_for(session, line)
  local before = line:sub(start + 1, #line - #prefix) -- between where readline's word begins and ours
  local skip = start - (#line - #prefix)
  local list = {}
  for i, word in ipairs(words) do list[i] = skip > 0 and word:sub(skip + 1) or before .. word end
  return list
end
