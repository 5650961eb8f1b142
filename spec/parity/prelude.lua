-- prelude.lua - what every scenario of spec/parity/ logs with, under moonport. prelude.js is its twin:
-- the same calls print the same lines there. Never tests anything itself.
local prelude = {}
local masks = {} -- { text, name }: what differs from run to run (ports, paths) and how it is printed

local function is_error(value)
  return type(value) == "table" and value.message ~= nil and value.name ~= nil
end

local function quote(text)
  return '"' .. text:gsub('[%c"\\]', function(c)
    if c == "\n" then return "\\n" elseif c == "\r" then return "\\r" elseif c == "\t" then return "\\t" end
    if c == '"' or c == "\\" then return "\\" .. c end
    return ("\\u%04x"):format(c:byte())
  end) .. '"'
end

local function show(value, nested)
  if value == nil then return "nil" end
  if is_error(value) then
    return value.name .. (value.code and " [" .. value.code .. "]" or "") .. ": " .. value.message
  end
  if type(value) == "string" then return nested and quote(value) or value end
  if type(value) == "function" then return "function" end
  if math.type(value) == "float" and value == math.floor(value) then return ("%d"):format(value) end
  if type(value) == "userdata" then return (tostring(value):match("^%w+")) end
  if type(value) ~= "table" then return tostring(value) end
  local shown = {}
  if #value > 0 then
    for i, item in ipairs(value) do shown[i] = show(item, true) end
    return "[" .. table.concat(shown, ", ") .. "]"
  end
  for key in pairs(value) do shown[#shown + 1] = tostring(key) end
  table.sort(shown)
  for i, key in ipairs(shown) do shown[i] = key .. ": " .. show(value[key], true) end
  return "{" .. table.concat(shown, ", ") .. "}"
end

-- log(...): one line, the values separated by a space
function prelude.log(...)
  local values = table.pack(...)
  for i = 1, values.n do values[i] = show(values[i], false) end
  local line = table.concat(values, " ")
  for _, mask in ipairs(masks) do
    local parts, from = {}, 1
    local at
    repeat
      at = line:find(mask[1], from, true)
      parts[#parts + 1] = line:sub(from, (at or 0) - 1)
      from = at and at + #mask[1]
    until not at
    line = table.concat(parts, mask[2])
  end
  print(line)
end

-- mask(value, name): from now on `value` is printed as `name`
function prelude.mask(value, name)
  masks[#masks + 1] = { tostring(value), name }
end

-- attempt(label, f): logs what f raises, or what it returns
function prelude.attempt(label, f)
  local ok, result = pcall(f)
  prelude.log(label, ok and "returns" or "throws", result)
  return ok and result or nil
end

-- trace(label, emitter, names): logs each of these events with its arguments
function prelude.trace(label, emitter, names)
  for _, name in ipairs(names) do
    emitter:on(name, function(...) prelude.log(label, name, ...) end)
  end
  return emitter
end

-- tmp(name): a path for a Unix socket, printed as name
function prelude.tmp(name)
  local path = ("%s/%s-%d"):format(process.env.PARITY_TMP or "/tmp", name, process.pid)
  prelude.mask(path, name)
  return path
end

return prelude
