-- contenders.lua - who takes part. Each has a name and, when it is present,
--   server   the command of its server; the runner appends MODE and PORT
--   udp      the same of its server for datagrams
--   hello    the command of its hello world
--   copy     the command that sends a file to an echo server and writes what comes back; FILE PORT TARGET are appended
--   prompt   the command that shows a prompt on a terminal, if it has one
--   scripts  its command, and the folder of the rows of kind script
--   files    { label, path } of what the row binary-size weighs
--   version  for the heading
-- and when it is absent: missing, the reason. The C server is the measure of all and always present.
local shell = require "shell"

return function(here)
  local build = here .. "/build"
  local c = {
    name = "c",
    server = build .. "/server",
    udp = build .. "/udp",
    hello = build .. "/hello",
    files = { { "C server", build .. "/server" } },
    version = "libuv " .. shell.line("pkg-config --modversion libuv"),
  }

  if shell.succeeds("command -v socat") then
    c.copy = [[sh -c 'cat "$1" | socat -b 65536 -t 60 - TCP:127.0.0.1:"$2" >"$3"' copy]]
  end

  local moonport = { name = "moonport" }
  local executable = os.getenv("MOONPORT") or (os.getenv("BUILD") or here .. "/../build") .. "/moonport"
  if shell.exists(executable) then
    local run = shell.quote(executable)
    local folder = executable:match("^(.*)/[^/]*$") or "."
    moonport.server = run .. " " .. here .. "/moonport/server.lua"
    moonport.udp = run .. " " .. here .. "/moonport/udp.lua"
    moonport.prompt = run
    moonport.scripts = run .. " " .. here .. "/moonport"
    moonport.hello = run .. " " .. here .. "/moonport/hello.lua"
    moonport.copy = run .. " " .. here .. "/moonport/copy.lua"
    moonport.files = { { "moonport", executable }, { "libmoonport.so", folder .. "/libmoonport.so" } }
    moonport.version = shell.line(run .. " --version 2>/dev/null")
  else
    moonport.missing = "there is no " .. executable
  end

  local node = { name = "node" }
  if shell.succeeds("command -v node") then
    node.server = "node " .. here .. "/node/server.js"
    node.udp = "node " .. here .. "/node/udp.js"
    node.prompt = "node"
    node.hello = "node " .. here .. "/node/hello.js"
    node.copy = "node " .. here .. "/node/copy.js"
    node.version = "Node " .. shell.line("node --version")
  else
    node.missing = "node is not installed"
  end

  local luv = { name = "luv" }
  if shell.succeeds([[lua5.4 -e 'require "luv"']]) then
    luv.server = "lua5.4 " .. here .. "/luv/server.lua"
    luv.udp = "lua5.4 " .. here .. "/luv/udp.lua"
    luv.hello = "lua5.4 " .. here .. "/luv/hello.lua"
    luv.version = "luv " .. shell.line([[lua5.4 -e 'print(require "luv".version_string())']])
  else
    luv.missing = "lua5.4 has no module luv (Debian: lua-luv)"
  end

  local lua = { name = "lua5.4", prompt = "lua5.4", hello = "lua5.4 " .. here .. "/moonport/hello.lua" } -- start-up only
  lua.version = shell.line("lua5.4 -v"):match("^Lua [%d.]+")

  return { c, moonport, node, luv, lua }
end
