local fs = require "fs"
local net = require "net"
local stream = require "stream"
local prelude = require "prelude"
local log, attempt = prelude.log, prelude.attempt
local Readable, Writable, PassThrough = stream.Readable, stream.Writable, stream.PassThrough
local addAbortSignal = stream.addAbortSignal

local function show(label, s)
  local write_aborted = s.writableAborted
  if s.readableAborted ~= nil and write_aborted ~= nil then write_aborted = "-" end
  log(label, s.readableAborted, s.readableDidRead, write_aborted, s.destroyed)
end
local steps = {
  function(next) -- a whole life, and one cut short
    local file = fs.createReadStream("/etc/passwd", { ["end"] = 9 })
    show("fresh", file)
    file:on("data", function() show("data", file) end):on("end", function() show("end", file) end)
    file:on("close", function()
      show("close", file)
      local other = fs.createReadStream "/etc/passwd"
      other:on("open", function()
        other:destroy()
        show("destroyed", other)
      end)
      other:on("close", function()
        show("close", other)
        next()
      end)
    end)
  end,
  function(next) -- writing
    local sink = fs.createWriteStream "/dev/null"
    show("fresh", sink)
    sink:finish("x", function() show("finish", sink) end)
    sink:on("close", function()
      show("close", sink)
      local other = Writable { write = function(_, _, _, callback) callback(Error "bad") end }
      other:on("error", function() show("error", other) end):on("close", next)
      other:write "x"
      show("written", other)
    end)
  end,
  function(next) -- read(), unshift, setEncoding
    local both = PassThrough()
    both:write "one"
    both:setEncoding "utf8"
    show("buffered", both)
    log(both:read(0), both.readableDidRead)
    log(both:read(), both.readableDidRead)
    both:unshift "two"
    both:on("close", next)
    both:destroy()
    show("destroyed", both)
  end,
  function(next) -- a pipe
    local from = Readable { read = function(self)
      self:push "x"
      self:push(nil)
    end }
    local to = Writable { write = function(_, _, _, callback) callback() end }
    from:pipe(to):on("close", function()
      show("from", from)
      show("to", to)
      next()
    end)
  end,
  function(next) -- a socket
    local server
    server = net.createServer(function(peer)
      peer:finish "bye"
      server:close()
    end)
    server:listen(0, "127.0.0.1", function()
      local socket = net.connect(server:address().port, "127.0.0.1")
      socket:on("data", function()
        show("socket", socket)
        socket:destroy()
        show("socket", socket)
      end)
      socket:on("close", next)
    end)
  end,
  function(next) -- signals
    local controller = AbortController()
    local late = Readable { read = function() end }
    log(addAbortSignal(controller.signal, late) == late)
    late:on("error", function(err)
      log(err, err.cause == controller.signal.reason)
      show("late", late)
    end)
    late:on("close", function()
      local gone = Writable { write = function() end }
      gone:on("error", function(err) log(err, err.cause) end):on("close", next)
      addAbortSignal(AbortSignal.abort "why", gone)
      show("gone", gone)
    end)
    controller:abort()
    show("aborted", late)
  end,
  function() -- nothing comes of a signal when the stream has closed
    local controller = AbortController()
    local over = Writable { write = function(_, _, _, callback) callback() end }
    addAbortSignal(controller.signal, over)
    over:finish()
    over:on("close", function()
      controller:abort()
      log(over.errored)
    end)
    attempt("signal", function() return addAbortSignal(5, over) end)
  end,
}
local function go(i)
  if steps[i] then steps[i](function() setImmediate(go, i + 1) end) end
end
go(1)
