-- the places where a backlog may stand; one that is no number is ignored
local net = require "net"
local p = require "prelude"

local path = p.tmp("backlog.sock")
local forms = {
  { "port, backlog", { 0, 5 } },
  { "port, host, backlog", { 0, "127.0.0.1", 5 } },
  { "path, backlog", { path, 5 } },
  { "options", { { port = 0, host = "127.0.0.1", backlog = 5 } } },
  { "backlog as a string", { 0, "127.0.0.1", "x" } },
  { "backlog 0", { { port = 0, backlog = 0 } } },
  { "backlog -1", { { port = 0, backlog = -1 } } },
}
local function next_form()
  local name, args = table.unpack(table.remove(forms, 1) or {})
  if not name then return end
  local server; server = net.createServer(function(socket) server:close(next_form); socket:destroy() end)
  args[#args + 1] = function()
    p.log(name, type(server:address()) == "string" and server:address() or server:address().address)
    net.connect(args[1] == path and { path = path } or { port = server:address().port, host = "127.0.0.1" }):resume()
  end; server:listen(table.unpack(args))
end
next_form()
