-- repl_help.lua - the reference as pages for the prompt: it reads lua/types/, which editors read, when somebody asks.

local M = {}

-- -- what the types say -----------------------------------------------------------------------------------------------

-- { classes = { name -> class }, modules = { name -> class }, members = list, globals = { name -> entry } }
-- class: { name, parent, doc, fields = { { name, type, text } }, members = { list, name -> member } }
-- member: { class, name, sign = "." or ":", arguments, doc }; doc: { text..., params = {}, returns = {}, link }

local function new_doc() return { params = {}, returns = {} } end

local function add_text(doc, text)
  doc.link = text:match "%[Node%]%((%S+)%)" or doc.link
  text = text:gsub("%s*%[Node%]%(%S+%)", "")
  if text ~= "" or #doc > 0 then doc[#doc + 1] = text end
end

-- "name type text", where a type may have blanks in brackets and behind the colon of a function's.
local function split_type(text)
  local name, rest = text:match "^(%S+)%s*(.*)$"
  for _, form in ipairs { "fun%b():%s?%b()%S*", "fun%b():%s?%S+", "fun%b()%S*", "%b{}%S*", "%b()%S*", "%S+" } do
    local kind, after = rest:match("^(" .. form .. ")%s*(.*)$")
    if kind then return name, kind, after end
  end
  return text
end

local function add_tag(doc, tag, rest)
  if tag == "param" then
    local name, kind, text = split_type(rest)
    doc.params[#doc.params + 1] = { name or rest, kind or "", text or "" }
  elseif tag == "return" then
    doc.returns[#doc.returns + 1] = rest
  elseif tag == "field" then
    local name, kind, text = split_type(rest)
    doc.fields = doc.fields or {}
    doc.fields[#doc.fields + 1] = { name or rest, kind or "", text or "" }
  elseif tag == "class" then
    doc.class, doc.parent = rest:match "^([%w_.]+):?%s?([%w_.]*)"
  end
end

local function read(index, source)
  local module, doc, class_of = nil, new_doc(), {}
  for line in source:gmatch "([^\n]*)\n" do
    local tag, rest = line:match "^%-%-%-%s?@(%a+)%s?(.*)$"
    if tag == "meta" then
      module = rest
    elseif tag then
      add_tag(doc, tag, rest)
    elseif line:find "^%-%-%-" then
      add_text(doc, (line:gsub("^%-%-%-%s?", "")))
    else
      local variable = line:match "^local ([%w_]+) = {}" or line:match "^([%w_]+) = {}"
      local owner, sign, name, arguments = line:match "^function ([%w_]+)([.:])([%w_]+)(%b())"
      if not owner then owner, sign, name = line:match "^([%w_]+)(%.)([%w_]+) = " end
      if not owner then owner, name = line:match '^([%w_]+)%["(%w+)"%] = ' end
      if doc.class then
        local class = { name = doc.class, parent = doc.parent, doc = doc, fields = doc.fields or {}, members = {} }
        index.classes[class.name] = class
        if variable then class_of[variable] = class end
      end
      if owner and class_of[owner] then
        local class = class_of[owner]
        local alias = line:match "^[^=]*= ([%w_.]+)$"
        local named = alias and class.members[alias:match "[%w_]+$"] -- it is called as what it is another name of
        local member = { class = class, name = name, sign = named and named.sign or sign or ":", arguments = arguments,
          doc = doc, alias = alias }
        table.insert(class.members, member)
        class.members[name] = member
        table.insert(index.members, member)
      end
      local returned = line:match "^return ([%w_]+)"
      if returned and module then index.modules[module] = class_of[returned] end
      doc = new_doc()
    end
  end
end

local index

local function get_index(session)
  if not index then
    index = { classes = {}, modules = {}, members = {} }
    for _, file in ipairs(session.types()) do read(index, file[2] .. "\n\n") end
  end
  return index
end

-- -- finding ----------------------------------------------------------------------------------------------------------

local function member_of(all, class, name)
  for _ = 1, 10 do
    if not class then return nil end
    if class.members[name] then return class.members[name] end
    for _, field in ipairs(class.fields) do
      if field[1]:gsub("%?$", "") == name then return { class = class, name = name, field = field } end
    end
    class = all.classes[class.parent]
  end
end

-- The class of a value of the session, by its metatable's name.
local function class_of_value(all, session, name)
  local value, known = session.value(name)
  local meta = known and debug.getmetatable(value)
  local class = type(meta) == "table" and type(meta.__name) == "string" and meta.__name
  return class and all.classes[class]
end

local function find_class(all, session, name)
  local exact = all.modules[name] or all.classes[name] or class_of_value(all, session, name)
  if exact then return exact end
  for known, class in pairs(all.classes) do
    if known:lower() == name:lower() or known:match "[^.]*$":lower() == name:lower() then return class end
  end
end

--- The events that the types list: of a class and those above it, or of all.
--- @return { [string]: string } text of each
function M.events(session, class_name)
  local all, found = get_index(session), {}
  local function take(doc)
    for _, line in ipairs(doc) do
      if line:find "^%* " or line:find '^  `"' then
        for event in line:gmatch '`"(%a+)"`' do found[event] = line:gsub("^%*?%s*", "") end
      end
    end
  end
  local class = class_name and all.classes[class_name]
  if class then
    while class do
      take(class.doc)
      for _, member in ipairs(class.members) do take(member.doc) end
      class = all.classes[class.parent]
    end
  else
    for _, each in pairs(all.classes) do take(each.doc) end
    for _, member in ipairs(all.members) do take(member.doc) end
  end
  return found
end

--- The names of the modules.
--- @return string[]
function M.modules(session)
  local names = {}
  for name in pairs(get_index(session).modules) do names[#names + 1] = name end
  return names
end

--- The fields and functions of a module, by name.
--- @return { [string]: "method"|"property" }
function M.members(session, module)
  local all, found = get_index(session), {}
  local class = all.modules[module]
  while class do
    for _, field in ipairs(class.fields) do found[field[1]:gsub("%?$", "")] = "property" end
    for _, member in ipairs(class.members) do found[member.name] = "method" end
    class = all.classes[class.parent]
  end
  return found
end

--- The names that pages know: modules, classes and members.
function M.names(session)
  local all, names = get_index(session), {}
  for name in pairs(all.modules) do names[#names + 1] = name end
  for name in pairs(all.classes) do names[#names + 1] = name end
  for _, member in ipairs(all.members) do names[#names + 1] = member.class.name .. member.sign .. member.name end
  return names
end

-- -- pages -------------------------------------------------------------------------------------------------------------

local COLUMNS = 78

-- A text in lines of that width, less a margin, further ones indented by so much.
local function fill(lines, text, indent, margin)
  local columns = COLUMNS - (margin or 0)
  local line = ""
  for word in text:gmatch "%S+" do
    if line ~= "" and utf8.len(line, 1, -1, true) + #word >= columns then
      lines[#lines + 1] = line
      line = indent
    end
    line = line .. (line:find "%S" and " " or "") .. word
  end
  if line:find "%S" then lines[#lines + 1] = line end
end

-- Paragraphs and items of a list are filled anew; code is left as it is.
local function add_texts(lines, texts)
  local paragraph, indent = "", ""
  local function flush()
    fill(lines, paragraph, indent)
    paragraph, indent = "", ""
  end
  for _, text in ipairs(texts) do
    if text == "" then
      flush()
      lines[#lines + 1] = ""
    elseif text:find "^    " then
      flush()
      lines[#lines + 1] = text
    else
      if text:find "^%* " then
        flush()
        indent = "  "
      end
      paragraph = paragraph .. " " .. text
    end
  end
  flush()
  while lines[#lines] == "" do lines[#lines] = nil end
end

local function add_list(lines, rows)
  local width = 0
  for _, row in ipairs(rows) do width = math.max(width, math.min(#row[1], 24)) end
  for _, row in ipairs(rows) do
    local text = ("%s  %s  %s"):format(row[1], row[2], row[3])
    local first = #lines + 1
    fill(lines, text, "      ", math.max(0, width - #row[1]) + 2)
    lines[first] = "  " .. row[1] .. (" "):rep(width - #row[1]) .. "  " .. lines[first]:sub(#row[1] + 1):gsub("^%s+", "")
  end
end

local function add_doc(lines, doc)
  add_texts(lines, doc)
  add_list(lines, doc.params)
  for _, text in ipairs(doc.returns) do fill(lines, "  returns " .. text, "      ") end
  if doc.link then lines[#lines + 1] = doc.link end
end

local function heading(member)
  local owner = member.sign == ":" and member.class.name:match "[^.]*$":lower() or member.class.name
  return owner .. (member.sign or ".") .. member.name .. (member.arguments or "")
end

local function member_page(member)
  local lines = { heading(member) .. (member.alias and " = " .. member.alias or "") }
  if member.field then
    lines[2] = ("  %s  %s"):format(member.field[2], member.field[3])
  else
    add_doc(lines, member.doc)
  end
  return table.concat(lines, "\n") .. "\n"
end

local function class_page(class)
  local lines = { class.name .. (class.parent ~= "" and ", which is an " .. class.parent or "") }
  add_doc(lines, class.doc)
  if #class.fields > 0 then add_list(lines, class.fields) end
  local methods = {}
  for _, member in ipairs(class.members) do methods[#methods + 1] = member.sign .. member.name end
  local line = " "
  for _, name in ipairs(methods) do
    if #line + #name > 78 then
      lines[#lines + 1] = line
      line = " "
    end
    line = line .. " " .. name
  end
  if line ~= " " then lines[#lines + 1] = line end
  return table.concat(lines, "\n") .. "\n"
end

local function all_pages(members)
  if #members > 3 then
    local lines = {}
    for i, member in ipairs(members) do lines[i] = "  " .. heading(member) end
    return table.concat(lines, "\n") .. "\n"
  end
  local pages = {}
  for i, member in ipairs(members) do pages[i] = member_page(member) end
  return table.concat(pages, "\n")
end

--- What is known of a name: "net", "net.connect", "Socket", "socket:write", "write", "data", a variable. nil: nothing.
--- @return string?
function M.page(session, name)
  local all = get_index(session)
  name = name:gsub("%s*%(.*$", ""):gsub("[\"']", "")
  local owner, member = name:match "^(.-)[.:]([%w_]+)$"
  local class = find_class(all, session, name)
  if class then return class_page(class) end
  if owner then
    local found = member_of(all, find_class(all, session, owner), member)
    return found and member_page(found)
  end
  local found = {}
  for _, each in ipairs(all.members) do
    if each.name == name then found[#found + 1] = each end
  end
  local event = M.events(session)[name]
  if event then
    local lines = {}
    fill(lines, "event " .. event, "  ")
    event = table.concat(lines, "\n") .. "\n"
  end
  if #found > 0 then return all_pages(found) .. (event and "\n" .. event or "") end
  return event
end

return M
