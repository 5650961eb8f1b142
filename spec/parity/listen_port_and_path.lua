-- port wins over path; a string that is no number is a path
local net = require "net"
local p = require "prelude"

local path = p.tmp("both.sock")
local both = net.createServer():listen({ port = 0, path = path })
p.log("both", type(both:address()) == "table" and "object", both:address().family)
local option = net.createServer():listen({ path = path })
p.log("path option", option.listening, option:address())
local word; word = net.createServer():listen(path .. "2", function()
  p.log("a string", word:address() == path .. "2")
  both:close(function() option:close(function() word:close(function() p.log("closed") end) end) end)
end)
