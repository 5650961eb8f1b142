-- addMembership() and dropMembership(): which groups and interfaces they refuse
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
socket:bind(0, function()
  for _, method in ipairs({ "addMembership", "dropMembership" }) do
    p.attempt(method .. " nothing", function() return socket[method](socket) end)
    p.attempt("interface alone", function() return socket[method](socket, nil, "127.0.0.1") end)
    for _, group in ipairs({ "", "nothing", "127.0.0.1", "ff02::1", "239.1.2", "240.0.0.1" }) do
      p.attempt(("%s %s"):format(method, group), function() return socket[method](socket, group, "127.0.0.1") end)
    end
    p.attempt("interface text", function() return socket[method](socket, "239.1.2.3", "nothing") end)
    p.attempt("interface family", function() return socket[method](socket, "239.1.2.3", "::1") end)
  end
  local _, err = pcall(function() socket:addMembership("127.0.0.1") end)
  p.log(err.name, err.code, err.errno, err.syscall, err.address)
  p.attempt("drop before add", function() return socket:dropMembership("239.1.2.3", "127.0.0.1") end)
  p.attempt("add", function() return socket:addMembership("239.1.2.3", "127.0.0.1") end)
  p.attempt("add again", function() return socket:addMembership("239.1.2.3", "127.0.0.1") end)
  p.attempt("add another", function() return socket:addMembership("239.1.2.4", "127.0.0.1") end)
  p.attempt("drop", function() return socket:dropMembership("239.1.2.3", "127.0.0.1") end)
  p.attempt("drop again", function() return socket:dropMembership("239.1.2.3", "127.0.0.1") end)
  p.attempt("add once more", function() return socket:addMembership("239.1.2.3", "127.0.0.1") end)
  socket:close()
  p.attempt("closed", function() return socket:addMembership("239.1.2.3") end)
end)
