-- readme_spec.lua - README.md says what is so: its Lua blocks run as the comment above each says, its C block is
-- compiled and run, its pictures of a terminal are played, its options, targets, folders and files
-- exist, and no file of the house is missing on its map.
local net = require "net"
local helper = require "spec.helper"
local terminal = require "spec.terminal"

local build = os.getenv "BUILD" or "build"
local readme = assert(helper.read_file "README.md")

-- The blocks of a language: { line =, text =, how = what a comment right above says }
local function blocks(language)
  local found, block, how = {}, nil, nil
  local number = 0
  for line in readme:gmatch "([^\n]*)\n" do
    number = number + 1
    if block and line == "```" then
      block.text = table.concat(block, "\n") .. "\n"
      if block.language == language then found[#found + 1] = block end
      block, how = nil, nil
    elseif block then
      block[#block + 1] = line
    elseif line:find "^```" then
      block = { language = line:match "^```(.*)$", line = number, how = how or "run: moonport" }
    elseif line ~= "" then
      how = line:match "^<!%-%- (run: .*) %-%->$"
    end
  end
  assert(#found > 0, "README.md has no block in " .. language)
  return found
end

-- A section, from its heading to the next one of that level.
local function section(title)
  return assert(readme:match("\n## " .. title .. "\n(.-)\n## "), "README.md has no section " .. title)
end

local function lines_of(command)
  local pipe, list = assert(io.popen(command)), {}
  for line in pipe:lines() do list[#list + 1] = line end
  pipe:close()
  return list
end

local function has(command) return os.execute(("command -v %s >/dev/null 2>&1"):format(command)) == true end

-- A port that was free a moment ago.
local function free_port()
  local port
  helper.run(function()
    local server = net.createServer():listen(0, "127.0.0.1")
    port = server:address().port
    server:close()
  end)
  return port
end

-- What is put behind a block that serves on 8124: a client, which ends the program when it has its answer.
local client = [[
local client = require "net".connect(%d, "127.0.0.1", function() print "connected" end)
client:setEncoding("utf8"):on("data", function(data)
  print("got " .. data)
  process.exit()
end)
client:write(%q)
]]

describe("README.md", function()
  for _, block in ipairs(blocks "lua") do
    it(("has a block in line %d that runs: %s"):format(block.line, block.how), function()
      local sent, answer = block.how:match 'with a client that sends "(.-)" and gets "(.-)"$'
      local expected = block.how:match 'prints "(.*)"$'
      local passing = block.how:match "^run: moonport test, (%d+) pass$"
      local result
      if block.how:find "^run: lua5%.4" then
        if not has "lua5.4" then return pending "lua5.4 is not installed" end
        if helper.sanitized then return pending "a sanitizer's module does not load into lua5.4" end
        result = helper.shell(("LUA_CPATH_5_4=%s lua5.4 %s"):format(helper.quote(build .. "/?.so"),
          helper.quote(helper.write_file(helper.path ".lua", block.text))))
      elseif sent then
        local port = free_port()
        sent, answer = sent:gsub("\\n", "\n"), answer:gsub("\\n", "\n")
        local text, count = block.text:gsub("8124", tostring(port))
        assert.truthy(count > 0, "the block does not serve on 8124")
        result = helper.script(text .. client:format(port, sent))
        expected = ("listening on 127.0.0.1:%d|connected|got %s"):format(port, answer)
      elseif passing then
        result = helper.shell(('timeout 20 "$M" test -o TAP %s'):format(
          helper.quote(helper.write_file(helper.path "_spec.lua", block.text))))
        assert.equal(passing, result.out:match "\n1%.%.(%d+)\n$", result.out)
      else
        assert.truthy(block.how:find "^run: moonport$" or expected, block.how)
        result = helper.script(block.text)
      end
      assert.equal("", result.err)
      assert.equal(0, result.code)
      if expected then assert.equal((expected:gsub("|", "\n")) .. "\n", result.out) end
    end)
  end

  it("has an echo server of eight lines, in either style", function()
    for i = 1, 2 do assert.equal(8, select(2, blocks "lua"[i].text:gsub("\n", "\n"))) end
  end)

  -- The block without a language that begins so.
  local function picture(start)
    for _, block in ipairs(blocks "") do
      if block.text:sub(1, #start) == start then return block.text end
    end
    error("README.md has no block that begins with " .. start)
  end

  local function alike(text) return (text:gsub("127%.0%.0%.1:%d%d%d%d%d+", "127.0.0.1:PORT"):gsub("  +", "  ")) end

  it("shows a session at the prompt as it is", function()
    local missing = terminal.missing()
    if missing then return pending(missing) end
    local port = free_port()
    local shown, steps = picture "$ moonport\n":gsub("^[^\n]*\n", ""), {}
    for line in shown:gmatch "[^\n]+" do
      if line:find "^> ." then
        steps[#steps + 1] = line:sub(3):gsub("8124", tostring(port))
      elseif line == "waiting> ^C" then
        steps[#steps + 1] = { "expect", "waiting> " }
        steps[#steps + 1] = { "send", "\3" }
      elseif line ~= ">" then
        steps[#steps + 1] = { "expect", line:match "^[^%d]*" }
      end
    end
    steps[#steps + 1] = { "expect", "> " }
    steps[#steps + 1] = { "kill" }
    local got = terminal.play(steps, { columns = 120 })
    local screen = got.screen:gsub(":" .. port .. "%f[^%d]", ":8124"):gsub("%(" .. port .. ",", "(8124,")
    assert.equal(alike(shown), alike(screen) .. "\n")
  end)

  it("shows reports of errors as they are", function()
    local folder = helper.path()
    os.execute("mkdir " .. folder)
    local function report(source, ...)
      helper.write_file(folder .. "/echo.lua", source)
      return helper.shell(("cd %s && timeout 20 \"$M\" echo.lua %s"):format(folder, table.concat({ ... }, " "))).err
    end
    assert.equal(alike(picture "moonport: echo.lua:4"), alike(report [[local net, peer = require "net", {}
      local server = net.createServer(function(socket) socket:write "x" end):listen(0, "127.0.0.1")
      local socket = net.connect(server:address().port, "127.0.0.1")
      socket:on("data", function() return peer.name.first end)]]))
    helper.run(function()
      local server = net.createServer():listen(0, "127.0.0.1")
      local port = tostring(server:address().port)
      local text = report("local net = require 'net'\n\nnet.createServer():listen(arg[1], '127.0.0.1')", port)
      server:close()
      assert.equal(picture "moonport: Error", (text:gsub(port, "8124")))
    end)
  end)

  it("has a usage line, and a line for -i, that are so", function()
    assert.equal("usage: " .. picture "moonport [options]", helper.shell '"$M" --help'.out:match "^[^\n]*\n")
    local command = assert(readme:match "`(printf '[^`]*moonport %-i)`"):gsub("\\|", "|")
    assert.equal("2\n", helper.shell(command:gsub("moonport", 'MOONPORT_HISTORY= "$M"')).out)
  end)

  it("translates into Lua that is Lua", function()
    local rows = 0
    for cell in section "From Node to Lua":gmatch "\n| [^\n]- | ([^\n]*) |%f[\n]" do
      for code in cell:gsub("\\|", "|"):gmatch "`([^`]+)`" do
        local text = code:gsub("= …", "= nil"):gsub("…", "")
        rows = rows + 1
        if code ~= "end" then assert.truthy(load("return " .. text) or load(text), code) end
      end
    end
    assert.truthy(rows > 30, rows)
  end)

  it("has a C host that compiles and runs scripts", function()
    local source = helper.write_file(helper.path ".c", blocks "c"[1].text)
    local host = helper.path()
    local cache = helper.read_file(build .. "/CMakeCache.txt")
    local compiler = cache:match "\nCMAKE_C_COMPILER:[A-Z]+=([^\n]+)"
    local compiled = helper.shell(("%s -Wall -Wextra -Werror -Ibindings %s -o %s %s -L%s -Wl,-rpath,%s -lmoonport "
      .. "$(pkg-config --cflags --libs lua5.4 libuv || pkg-config --cflags --libs lua-5.4 libuv)"):format(compiler,
        helper.quote(source), helper.quote(host), helper.sanitized and "-fsanitize=address,undefined" or "",
        helper.quote(build), helper.quote(build)))
    assert.equal(0, compiled.code, compiled.err)

    local function run(script)
      return helper.shell(("timeout 10 %s %s"):format(host, helper.quote(helper.write_file(helper.path ".lua", script))))
    end
    local result = run [[setTimeout(function(text) console.log(text, require "net".isIP "::1") end, 1, "host")]]
    assert.same({ "host 6\n", "", 0 }, { result.out, result.err, result.code })
    result = run [[setTimeout(function() error "too bad" end, 1)]]
    assert.equal(1, result.code)
    assert.truthy(result.err:find ":1: too bad\n", result.err)
  end)

  it("lists the options that --help lists", function()
    local help = helper.shell '"$M" --help'.out
    local text = section "Running scripts"
    local function options(from)
      local found = {}
      for option in from:gmatch "%f[-%w](%-%-?%a*)%f[%s,`]" do found[option] = true end
      return found
    end
    local table_of_options = text:match "\n(| option |.-\n)\n"
    assert.same(options((help:gsub("%] %[", " "))), options(table_of_options))
  end)

  it("names targets that make has", function()
    local targets = {}
    for _, line in ipairs(lines_of "make -s help") do targets[line:match "^[%w-]+"] = true end
    for target in readme:gmatch "[`\n]make ([%l-]+)" do assert.truthy(targets[target], "make " .. target) end
  end)

  it("has every file of the house on its map, and no other", function()
    local map = section "How it is built"
    local known, unknown = {}, {}
    for name, extension in map:gmatch "([%w_]+)%.(%[?%l+%]?)" do
      if extension == "[ch]" then
        known[name .. ".c"], known[name .. ".h"] = true, true
      else
        known[name .. "." .. extension] = name ~= "moonport" or extension ~= "core" or nil
      end
    end
    local there = {}
    for _, path in ipairs(lines_of "ls bindings/*.[ch] runtime/*.[ch] lua/*.lua cmake/*.cmake") do
      local name = path:match "[^/]+$"
      there[name] = true
      if not known[name] then unknown[#unknown + 1] = path end
    end
    assert.equal("", table.concat(unknown, " "), "the map lacks")
    for name in pairs(known) do
      if not there[name] and not name:find "^_" then unknown[#unknown + 1] = name end
    end
    assert.equal("", table.concat(unknown, " "), "the map has, but nobody else")
  end)

  it("points at files that are there", function()
    for _, file in ipairs { "README.md", "SECURITY.md" } do
      local text = helper.read_file(file)
      for path in text:gmatch "%f[%w/](%l+/[%w_/.]+)" do
        local folder = path:match "^(%l+)/"
        local ours = ("bindings runtime lua spec examples bench cmake"):find(folder, 1, true)
        path = path:gsub("%.$", "")
        if ours and not helper.exists(path) then error(file .. " names " .. path, 0) end
      end
    end
  end)

  it("keeps to its width", function()
    for _, file in ipairs { "README.md", "SECURITY.md" } do
      local number = 0
      for line in io.lines(file) do
        number = number + 1
        if utf8.len(line) > 120 then error(("%s:%d is longer than 120 columns"):format(file, number), 0) end
      end
    end
  end)
end)
