-- dgram_flood_spec.lua - datagrams of every size arrive whole or not at all, and when more come than can be taken: what
-- was heard and what the kernel dropped is what was sent. The flood itself is made by spec/proof/flood.lua.
local dgram = require "dgram"
local helper = require "spec.helper"
local run, must = helper.run, helper.must

local families = { -- limit: what the length field of the header leaves
  { type = "udp4", host = "127.0.0.1", limit = 65507 },
  { type = "udp6", host = "::1", limit = 65527 },
  { type = "udp6", host = "::ffff:127.0.0.1", bound = "::", limit = 65507 },
}

local function bound(family)
  local socket = dgram.createSocket(family.type)
  return socket, socket:bindSync({ address = family.bound or family.host }).port
end

for _, family in ipairs(families) do
  describe(("Datagrams to %s"):format(family.host), function()
    for _, connected in ipairs { false, true } do
      it(("arrive whole and return whole, up to %d bytes%s"):format(family.limit, connected and ", connected" or ""), function()
        run(function()
          local server, port = bound(family)
          local client = dgram.createSocket(family.type)
          local sizes, at = { 0, 1, 1471, 1472, 1473, 32768, family.limit - 1, family.limit }, 0

          server:on("message", must(function(message, info)
            assert.equal(sizes[at], info.size)
            server:send(message, info.port, info.address)
          end, #sizes))

          local function send(text, done)
            if connected then client:send(text, done) else client:send(text, port, family.host, done) end
          end

          local function send_next()
            at = at + 1
            if sizes[at] then
              return send(helper.bytes(sizes[at], at), must(function(err, size)
                assert.is_nil(err)
                assert.equal(sizes[at], size)
              end))
            end
            send(helper.bytes(family.limit + 1), must(function(err, size)
              assert.is_nil(size)
              assert.same({ "EMSGSIZE", "send" }, { err.code, err.syscall })
              if not connected then assert.same({ family.host, port }, { err.address, err.port }) end
              assert.equal(0, client.sendErrors) -- it was told
              client:close()
              server:close()
            end))
          end

          client:on("message", must(function(message)
            assert.is_true(message == helper.bytes(sizes[at], at), sizes[at] .. " bytes")
            send_next()
          end, #sizes))
          if connected then client:connect(port, family.host, must(send_next)) else send_next() end
        end)
      end)
    end
  end)
end

for i = 1, 2 do
  local family = families[i]

  describe("A flood over " .. family.type, function()
    it("that a busy program cannot take is dropped by the kernel, and nothing else is", function()
      run(function()
        local server, port = bound(family)
        server:setRecvBufferSize(16384)
        local client, sent, counted = dgram.createSocket(family.type), 0, 0
        server:on("message", function(message)
          counted = counted + 1
          if message ~= "end" then return end
          local _, dropped = helper.udp_queue(family.type, port)
          assert.equal(sent + 1, counted + dropped)
          assert.is_true(dropped > 400, dropped)
          server:close(must())
        end)
        local function done(err)
          assert.is_nil(err) -- the sender's kernel took it
          sent = sent + 1
          if sent < 500 then return end
          local timer
          timer = setInterval(function()
            if helper.udp_queue(family.type, port) > 0 then return end -- no room yet
            clearInterval(timer)
            client:send("end", port, family.host, must(function() client:close() end))
          end, 1)
        end
        for _ = 1, 500 do client:send(("x"):rep(1000), port, family.host, must(done)) end -- all before the first is read
      end)
    end)

    -- A loop that read until nothing is left would never come to anything else.
    it("that never ends leaves timers their turns, and memory as it was", function()
      local result = helper.script(([[
        local dgram = require "dgram"
        local socket = dgram.createSocket "%s"
        local port = socket:bindSync({ address = "%s" }).port
        local total, seen, ticks, rss = %d, 0, 0, nil
        socket:on("message", function(message)
          seen = seen + 1
          if seen == 2000 then rss = process.memoryUsage().rss end
          if seen >= total and ticks >= 10 then
            local grown = process.memoryUsage().rss - rss
            print("grown by " .. grown // 1024 .. " KB", collectgarbage "count" < 16 * 1024)
            return process.exit()
          end
          socket:send(message:sub(2) .. message:sub(1, 1), port) -- for ever
        end)
        setInterval(function() ticks = ticks + 1 end, 1)
        for _ = 1, 64 do socket:send(("x"):rep(1400), port) end
      ]]):format(family.type, family.host, helper.sanitized and 5000 or 40000))
      assert.equal("", result.err)
      local grown = result.out:match "^grown by (%-?%d+) KB\ttrue\n$"
      assert.is_true(grown ~= nil and (helper.sanitized or tonumber(grown) <= 2048), result.out)
    end)

    it("from two processes leaves timers, order and memory as they were, and none is lost unseen", function()
      local count = helper.sanitized and 5000 or 20000 -- make proof sends a million
      local result = helper.shell(('exec timeout -k 1 100 "$M" spec/proof/flood.lua %s %d'):format(family.type, count))
      assert.equal(0, result.code, result.out .. result.err)
      assert.matches("\nnothing lost unseen\n$", result.out)
    end)
  end)
end
