-- socks5.lua - a SOCKS5 proxy (RFC 1928): no passwords, CONNECT only; addresses, or names which it looks up.
-- Usage: socks5.lua [port [host]]; then curl --socks5-hostname 127.0.0.1:1080 http://example.com/
-- It takes whoever reaches it wherever it can reach, so it listens on this host only.
local async = require "async"
local net = require "net"
local port, host = arg[1] or 1080, arg[2] or "127.0.0.1"
local PATIENCE = 15000 -- ms for a request, and for a connection to be made

local codes = { ENETUNREACH = 3, EHOSTUNREACH = 4, ENOTFOUND = 4, ETIMEDOUT = 4, ECONNREFUSED = 5 }
local GENERAL_FAILURE, NOT_THIS_COMMAND, NOT_THIS_ADDRESS = 1, 7, 8

local function take(socket, form)
  local bytes, err = socket:receive(form:packsize(), PATIENCE)
  if not bytes then error(err or "it left before it had asked", 0) end
  return form:unpack(bytes)
end

local function take_text(socket)
  local size = take(socket, "B")
  return (take(socket, ("c%d"):format(size)))
end

local readers = { -- the kinds of address
  [1] = function(socket) return ("%d.%d.%d.%d"):format(take(socket, "BBBB")) end,
  [3] = take_text,
  [4] = function(socket) return ("%x:%x:%x:%x:%x:%x:%x:%x"):format(take(socket, ">I2I2I2I2I2I2I2I2")) end,
}

local function reply(socket, code) socket:send(("BBBB c4 I2"):pack(5, code, 0, 1, "\0\0\0\0", 0)) end

local function copy(from, to)
  for chunk in from:chunks() do
    if not to:send(chunk) then break end
  end
  to:finish() -- the end of one side only: the answer may still come
end

local function serve(client)
  if take(client, "B") ~= 5 then error("this is not SOCKS5", 0) end
  if not take_text(client):find("\0", 1, true) then return client:send "\5\xff" end -- it wants a password
  client:send "\5\0"

  local version, command, _, kind = take(client, "BBBB")
  if version ~= 5 then error("this is not SOCKS5", 0) end
  if not readers[kind] then return reply(client, NOT_THIS_ADDRESS) end
  local to = { host = readers[kind](client), port = take(client, ">I2"), connectTimeout = PATIENCE, allowHalfOpen = true }
  if command ~= 1 then return reply(client, NOT_THIS_COMMAND) end
  if to.host:find "\0" or to.host == "" then return reply(client, GENERAL_FAILURE) end

  local upstream <close> = net.connect(to)
  local ok, err = upstream:wait "connect"
  if not ok then return reply(client, codes[err.code] or GENERAL_FAILURE) end
  reply(client, 0)
  async.all {
    function() copy(client, upstream) end,
    function() copy(upstream, client) end,
  }
end

local server = net.createServer():serve(serve)
server:on("taskError", function(err) print("a client failed: " .. tostring(err)) end)
local address = assert(server:listen(port, host):wait "listening"):address()
print(("curl --socks5-hostname %s:%d http://example.com/"):format(address.address, address.port))
