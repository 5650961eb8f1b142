-- rooms_spec.lua - the house stays in order: includes and requires point downwards only (README, "How it is built"),
-- and what bindings/ never does it does not do. Reads the sources as text.

-- From the bottom up. A file may include what is in its own room and in those below; a file that is in none fails.
local rooms = {
  { name = "ground", "moonport", "embedded", "stream_plan", "encoding", "cares" }, -- know nothing of the house
  { name = "floor", "context", "task", "wait", "wait_script", "call", "work", "emitter", "emitter_methods", "emitter_store",
    "handle", "class", "error", "error_argument", "error_report", "options", "address", "rules" },
  { name = "transports", "transport", "transport_*" },
  { name = "streams", "stream", "stream_*" },
  { name = "classes", "server", "server_*", "listen", "accept", "socket", "socket_*", "connect", "timer", "immediate",
    "process", "buffer", "dns", "resolver", "blocklist", "socket_address", "bound_socket", "fs", "fs_*", "udp", "udp_*",
    "async", "coroutine", "file_stream", "stdio_stream", "script_stream" },
  { name = "api", "core", "api" },
}

-- Each class keeps to itself, but for these.
local parts = { listen = "server", accept = "server" } -- files of a class that are named otherwise
local neighbours = {
  server = { socket = "the constructor of what it accepts", connect = "what a Unix address may be",
    blocklist = "whom it drops", bound = "what it adopts" },
  blocklist = { socket = "addresses that scripts made" },
  connect = { socket = "what it connects", bound = "what it connects with" },
  bound = { server = "how descriptors are bound" },
  udp = { blocklist = "whom it neither hears nor tells" },
  stdio = { socket = "what standard input is, unless it is a file" },
}

local LINES_AT_MOST = 450

-- -- the sources -------------------------------------------------------------------------------------------------

local function list(pattern)
  local files, pipe = {}, assert(io.popen("ls -d " .. pattern .. " 2>/dev/null"))
  for path in pipe:lines() do files[#files + 1] = path end
  pipe:close()
  assert(#files > 0, "no files: " .. pattern)
  return files
end

local function contents(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

-- Without comments and texts; lines stay where they are.
local function code_of(path)
  local text = contents(path)
  local function blank(part) return (part:gsub("[^\n]", " ")) end
  if path:find "%.lua$" then return (text:gsub("%-%-[^\n]*", blank)) end
  return (text:gsub('"[^"\n]*"', function(part) return '"' .. (" "):rep(#part - 2) .. '"' end)
    :gsub("/%*.-%*/", blank):gsub("//[^\n]*", blank))
end

local function stem(path) return (path:match "([^/]*)$":gsub("%.%w+$", "")) end

local function includes_of(path)
  local names = {}
  for name in contents(path):gmatch '\n%s*#%s*include%s*"([^"]+)"' do names[#names + 1] = name end
  return names
end

-- Fails with all the lines that were found.
local function none(found) assert(#found == 0, "\n  " .. table.concat(found, "\n  ")) end

-- Lines of code that hold a word of a list, as "file:line: text"; except[file] are not looked at.
local function lines_with(paths, words, except)
  local found = {}
  for _, path in ipairs(paths) do
    local number = 0
    for line in (code_of(path) .. "\n"):gmatch "([^\n]*)\n" do
      number = number + 1
      for _, word in ipairs(words) do
        if line:find("%f[%w_]" .. word) and not (except and except[path]) then
          found[#found + 1] = ("%s:%d: %s"):format(path, number, line:match "^%s*(.-)%s*$")
        end
      end
    end
  end
  return found
end

-- -- rooms -------------------------------------------------------------------------------------------------------

local room_of, unknown = {}, {}
local bindings = list "bindings/*.[ch]"
for _, path in ipairs(bindings) do
  local file, exact = stem(path), false
  for rank, room in ipairs(rooms) do
    for _, name in ipairs(room) do
      local match = name == file or (not exact and name:find "%*$" and file:find("^" .. name:sub(1, -2)))
      if match and not exact then room_of[file], exact = rank, name == file end
    end
  end
  if not room_of[file] then unknown[#unknown + 1] = path end
end

local function class_of(file) return parts[file] or file:match "^[^_]*" end

describe("In bindings/", function()
  it("every file has its room", function() none(unknown) end)

  it("includes point downwards", function()
    local up = {}
    for _, path in ipairs(bindings) do
      local file = stem(path)
      for _, name in ipairs(includes_of(path)) do
        local other = stem(name)
        local mine, its = room_of[file], room_of[other]
        if not its then
          up[#up + 1] = ("%s includes %s, which is not of this folder"):format(path, name)
        elseif its > mine then
          up[#up + 1] = ("%s (%s) includes %s (%s)"):format(path, rooms[mine].name, name, rooms[its].name)
        elseif its == mine and rooms[mine].name == "classes" and class_of(file) ~= class_of(other) then
          if not (neighbours[class_of(file)] or {})[class_of(other)] then
            up[#up + 1] = ("%s includes the class of %s"):format(path, name)
          end
        elseif its == mine and rooms[mine].name == "ground" and file ~= other and other ~= "embedded" then
          up[#up + 1] = ("%s includes %s: the ground floor files know nothing of each other"):format(path, name)
        end
      end
    end
    none(up)
  end)

  it("stream_plan includes nothing but its header", function()
    assert.same({ "stream_plan.h" }, includes_of "bindings/stream_plan.c")
    assert.same({}, includes_of "bindings/stream_plan.h")
    for _, path in ipairs { "bindings/stream_plan.c", "bindings/stream_plan.h" } do
      for name in contents(path):gmatch "#%s*include%s*<([^>]+)>" do assert.equal("stdbool.h", name) end
    end
  end)

  it("every fact of the plan is walked by its test", function()
    local walked = contents "spec/stream_plan_test.c":match "#define FACTS%(X%)(.-)\n\n"
    local facts = 0
    for fact in contents "bindings/stream_plan.h":gmatch "bool ([%w_]+) *: *1;" do
      facts = facts + 1
      assert(walked:find("X(" .. fact .. ")", 1, true), fact .. " is not in FACTS of spec/stream_plan_test.c")
    end
    local _, count = walked:gsub("X%([%w_]+%)", "")
    assert.equal(facts, count)
  end)

  it("Lua is entered through one door", function()
    none(lines_with(bindings, { "lua_pcallk?%s*%(", "luaL_dostring", "luaL_dofile" }, { ["bindings/context.c"] = true }))
  end)

  it("nothing exits, aborts or prints", function()
    -- the module for stock Lua is a host as well: one call of exit(), in api.c
    local exits = lines_with({ "bindings/api.c" }, { "exit%s*%(" })
    assert(#exits <= 1, table.concat(exits, "\n"))
    none(lines_with(bindings, { "_?exit%s*%(", "_Exit%s*%(", "quick_exit" }, { ["bindings/api.c"] = true }))
    none(lines_with(bindings, { "abort%s*%(", "assert%s*%(", "raise%s*%(", "f?printf%s*%(", "v?f?d?printf%s*%(", "puts%s*%(",
      "fputs%s*%(", "putchar%s*%(", "perror%s*%(", "stdout", "stderr", "lua_writestring", "lua_writestringerror" }))
  end)

  it("no loop is made or owned, but by the module for stock Lua", function()
    none(lines_with(bindings, { "uv_default_loop", "uv_loop_init", "uv_loop_close" }, { ["bindings/api.c"] = true }))
  end)

  it("nothing that changes is static: two states live in two threads", function()
    local found = {}
    for _, path in ipairs(bindings) do
      local number = 0
      for line in (code_of(path) .. "\n"):gmatch "([^\n]*)\n" do
        number = number + 1
        local variable = line:find "^%s*static%s" and not line:find "%f[%w]const%f[%W]" and not line:find "%("
        if variable then found[#found + 1] = ("%s:%d: %s"):format(path, number, line) end
      end
    end
    none(found)
  end)
end)

describe("Elsewhere", function()
  it("runtime/ includes moonport.h and its own headers", function()
    local found = {}
    for _, path in ipairs(list "runtime/*.[ch]") do
      for _, name in ipairs(includes_of(path)) do
        if name ~= "moonport.h" and not io.open("runtime/" .. name) then found[#found + 1] = path .. " includes " .. name end
      end
    end
    none(found)
  end)

  it("hosts in examples/embed/ include moonport.h", function()
    for _, path in ipairs(list "examples/embed/*.c") do assert.same({}, includes_of(path), path) end
  end)

  it("lua/ requires lua/ and moonport.core; only what exists", function()
    local found = {}
    -- what may be installed besides: Debian's lua-cjson, and lua-busted for `moonport test`
    local optional = { cjson = true, ["busted.runner"] = true, ["busted.core"] = true, ["busted.modules.cli"] = true,
      ["cliargs.core"] = true }
    for _, path in ipairs(list "lua/*.lua") do
      local code = code_of(path)
      for name in code:gmatch "%f[%w_]require[%s,%(]*[\"']([^\"'\n]+)[\"']" do
        local file = name:match "^moonport%.([%w_]+)$"
        local known = file == "core" or (file and io.open("lua/" .. file .. ".lua"))
        if not known and not optional[name] then found[#found + 1] = path .. " requires " .. name end
      end
    end
    none(found)
  end)

  it("the modules of lua/ do not require each other in a circle", function()
    local needs, state = {}, {}
    for _, path in ipairs(list "lua/*.lua") do
      needs[stem(path)] = {}
      for name in code_of(path):gmatch "require%s*[\"']moonport%.([%w_]+)[\"']" do table.insert(needs[stem(path)], name) end
    end
    local function visit(name, way)
      assert(state[name] ~= "open", way .. " -> " .. name)
      if state[name] then return end
      state[name] = "open"
      for _, other in ipairs(needs[name] or {}) do visit(other, way .. " -> " .. other) end
      state[name] = "done"
    end
    for name in pairs(needs) do visit(name, name) end
  end)

  it("nothing of lua/ makes a global but globals.lua", function()
    for _, path in ipairs(list "lua/*.lua") do
      local pipe = path ~= "lua/globals.lua" and io.popen("luac5.4 -p -l -l " .. path .. " 2>/dev/null")
      local text = pipe and pipe:read "a" or ""
      if pipe then pipe:close() end
      for name in text:gmatch 'SETTABUP[^\n]*_ENV "([^"]*)"' do error(path .. " sets the global " .. name) end
    end
  end)

  it(("no file has more than %d lines"):format(LINES_AT_MOST), function()
    local found = {}
    for _, pattern in ipairs { "bindings/*.[ch]", "runtime/*.[ch]", "lua/*.lua" } do
      for _, path in ipairs(list(pattern)) do
        local _, lines = contents(path):gsub("\n", "\n")
        if lines > LINES_AT_MOST then found[#found + 1] = ("%s has %d lines: it asks to be two"):format(path, lines) end
      end
    end
    none(found)
  end)

  it("every file begins with its name and what it is for", function()
    local found = {}
    local patterns = { "bindings/*.[ch]", "runtime/*.[ch]", "spec/*.[ch]", "spec/proof/*.[ch]", "examples/embed/*.c",
      "bench/*.[ch]", "lua/*.lua", "spec/*.lua", "spec/proof/*.lua", "examples/*.lua", "examples/waiting/*.lua",
      "examples/tutorial/*.lua" }
    for _, pattern in ipairs(patterns) do
      for _, path in ipairs(list(pattern)) do
        local name = path:match "[^/]*$"
        local head = (name:find "%.lua$" and "-- " or "/* ") .. name .. " - "
        local text = contents(path):gsub("^#![^\n]*\n", "")
        if text:sub(1, #head) ~= head then found[#found + 1] = path .. " does not begin with '" .. head .. "...'" end
      end
    end
    none(found)
  end)

  it("no C file includes another", function()
    local found = {}
    for _, pattern in ipairs { "bindings/*.[ch]", "runtime/*.[ch]", "spec/*.[ch]", "examples/embed/*.c" } do
      for _, path in ipairs(list(pattern)) do
        for _, name in ipairs(includes_of(path)) do
          if name:find "%.c$" then found[#found + 1] = path .. " includes " .. name end
        end
      end
    end
    none(found)
  end)
end)
