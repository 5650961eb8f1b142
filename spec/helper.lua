-- helper.lua - what several specs share: run and must, the transports, connected pairs, errors by their code, and
-- scripts that run in a process of their own. Holds no checks of its own.
local async = require "async"
local net = require "net"
local test = require "moonport.test"
local core = require "moonport.core"

local helper = { must = test.must, never = test.never }

--- test.run, with a limit that holds on a busy machine too.
function helper.run(f) test.run(f, { timeout = 30000 }) end

--- run(f) with f in a task, so that it may wait; it must come to its end.
function helper.task(f)
  helper.run(function()
    local done = helper.must()
    async.spawn(function()
      f()
      done()
    end)
  end)
end

--- What a verb returns that failed: nil, and an error of this code. Returns what stands behind it.
function helper.failed(code, value, err, ...)
  if value ~= nil or code ~= (type(err) == "table" and err.code or err) then
    error(("returned %s, %s instead of nil, %s"):format(value, err, code), 2)
  end
  return ...
end

helper.moonport = os.getenv "MOONPORT" or "build/moonport"

-- Times in a sanitizer's build mean little; limits are longer there.
helper.sanitized = (os.getenv "sanitized" or "") ~= "" or helper.moonport:find("asan", 1, true) ~= nil

-- -- where things are --------------------------------------------------------------------------------------------

local folder, count = nil, 0

--- A path that nobody else uses, in a folder that is removed at the end.
function helper.path(name)
  if not folder then
    local pipe = assert(io.popen "mktemp -d /tmp/moonport-spec.XXXXXX")
    folder = pipe:read "l"
    pipe:close()
    helper.cleaner = setmetatable({}, { __gc = function() os.execute(("rm -rf '%s'"):format(folder)) end })
  end
  count = count + 1
  return ("%s/%d%s"):format(folder, count, name or "")
end

function helper.exists(path)
  local ok, _, code = os.rename(path, path)
  return ok ~= nil or code ~= 2
end

--- The transports that a stream must not tell apart; where() gives options for listen().
helper.transports = {
  { name = "TCP", tcp = true, where = function() return { host = "127.0.0.1", port = 0 } end },
  { name = "TCP over IPv6", tcp = true, where = function() return { host = "::1", port = 0 } end },
  { name = "a Unix socket", where = function() return { path = helper.path ".sock" } end },
  { name = "an abstract Unix socket", where = function() return { path = "\0" .. helper.path() } end },
}

--- Options for connect() that reach a listening server.
function helper.reach(server)
  local address = server:address()
  if type(address) == "string" then return { path = address } end
  return { host = address.address, port = address.port }
end

-- A table of options, and what a spec wants besides.
function helper.with(options, more)
  for key, value in pairs(more or {}) do options[key] = value end
  return options
end

--- f(client, peer): both ends of a connection, listened to by nobody yet. The server takes no second one.
--- @param options { server: table?, client: table? }? the options of createServer and connect
function helper.pair(transport, options, f)
  if not f then options, f = {}, options end
  local server, client, peer
  local function meet()
    if client.pending or not peer then return end
    f(client, peer)
  end
  server = net.createServer(options.server, function(socket)
    peer = socket
    server:close()
    meet()
  end)
  server:listen((transport or helper.transports[1]).where())
  client = net.connect(helper.with(helper.reach(server), options.client), meet)
end

--- n bytes, the same in every run; another seed, other bytes. Numbered blocks of noise: what is lost, doubled or
--- swapped shows.
function helper.bytes(n, seed)
  local noise, x = {}, seed or 1
  for i = 1, math.min(n // 8 + 1, 500) do
    x = x * 6364136223846793005 + 1442695040888963407
    noise[i] = ("<i8"):pack(x)
  end
  local block, blocks = table.concat(noise), {}
  for i = 1, n // #block + 1 do blocks[i] = block .. i end
  return table.concat(blocks):sub(1, n)
end

--- Collects what a stream reads; done(bytes) at its end.
function helper.collect(stream, done)
  local parts = {}
  stream:on("data", function(chunk) parts[#parts + 1] = chunk end)
  stream:on("end", test.must(function() done(table.concat(parts)) end))
  return stream
end

--- Writes as a well-behaved program does: `times` times `chunk`, waiting for 'drain'; then finishes.
function helper.pump(stream, chunk, times)
  local function go()
    while times > 0 do
      times = times - 1
      if not stream:write(chunk) and times > 0 then
        stream:once("drain", go)
        return
      end
    end
    stream:finish()
  end
  go()
end

-- -- datagrams ---------------------------------------------------------------------------------------------------

--- What the kernel says of the UDP socket with this port: bytes that wait to be received, datagrams that it dropped.
--- @param kind "udp4"|"udp6"
function helper.udp_queue(kind, port)
  local wanted = (":%04X"):format(port)
  for line in io.lines(kind == "udp6" and "/proc/net/udp6" or "/proc/net/udp") do
    local own, waiting, dropped = line:match "^%s*%d+: %x+(:%x+) %S+ %x+ %x+:(%x+) .- (%d+)%s*$"
    if own == wanted then return tonumber(waiting, 16), math.tointeger(dropped) end
  end
  error(("no UDP socket has port %d"):format(port), 2)
end

-- -- errors ------------------------------------------------------------------------------------------------------

--- Fails unless f(...) raises an error object with this code; returns it.
function helper.raises(code, f, ...)
  local ok, err = pcall(f, ...)
  if ok then error(("nothing was raised, expected %s"):format(code), 2) end
  if type(err) ~= "table" or err.code ~= code then error(("raised %s, expected %s"):format(tostring(err), code), 2) end
  return err
end

--- Runs f and the loop; returns the error that nobody caught, with every handle closed.
function helper.uncaught(f)
  core.process.next_tick(f)
  local ok, err = pcall(core.run)
  if ok then error("no error reached run()", 2) end
  return err
end

-- -- scripts in a process of their own ---------------------------------------------------------------------------

local function write_file(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  return path
end
helper.write_file = write_file

function helper.read_file(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read "a"
  file:close()
  return text
end

local function quote(text) return "'" .. text:gsub("'", [['\'']]) .. "'" end
helper.quote = quote

--- Runs a shell command line; in it, $M is the executable, and $0 nothing to rely on.
--- @return { out: string, err: string, code: integer?, signal: integer? }
function helper.shell(command, input)
  local base = helper.path()
  local text = ("M=$(realpath %s); exec <%s >%s 2>%s; %s"):format(quote(helper.moonport),
    input and quote(write_file(base .. ".in", input)) or "/dev/null", quote(base .. ".out"), quote(base .. ".err"), command)
  local _, how, number = assert(io.popen(text)):close()
  return {
    out = helper.read_file(base .. ".out"),
    err = helper.read_file(base .. ".err"),
    code = how == "exit" and number or nil,
    signal = how == "signal" and number or nil,
  }
end

--- Runs Lua source as a script of its own, with arguments.
--- @param options { args: string[]?, input: string?, before: string? }? before: shell commands, ended by ; or &&
function helper.script(source, options)
  options = options or {}
  local words = {}
  for i, word in ipairs(options.args or {}) do words[i] = quote(word) end
  local file = write_file(helper.path ".lua", source)
  local result = helper.shell(("%s exec timeout -k 1 10 \"$M\" %s %s"):format(options.before or "", quote(file),
    table.concat(words, " ")), options.input)
  result.file = file
  return result
end

--- What a command is preceded by that is to run as somebody who may not do everything: nobody, where we are root.
--- Paths of helper.path can be reached then. @return string? nil and the reason where that cannot be
function helper.as_nobody()
  local before = "timeout -k 1 10"
  if io.popen "id -u":read "l" == "0" then
    before = "setpriv --reuid=65534 --regid=65534 --clear-groups " .. before
    local result = helper.shell(before .. ' "$M" -e ""')
    if result.code ~= 0 then return nil, "cannot become nobody: " .. result.err end
    os.execute(("chmod 711 '%s'"):format(folder))
  end
  return before
end

--- Runs Lua source as somebody who may not do everything.
--- @return table? result as shell() gives it; nil and the reason where that cannot be
function helper.unprivileged(source)
  local before, reason = helper.as_nobody()
  if not before then return nil, reason end
  return helper.shell(before .. ' "$M" -', source)
end

return helper
