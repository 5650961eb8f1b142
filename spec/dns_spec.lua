-- dns_spec.lua - the module dns: what the system finds, who else finds names by it, and what name servers say, by ours
-- in dns_server.lua. As in Node: spec/parity/dns_*.
local async = require "async"
local dgram = require "dgram"
local dns = require "dns"
local net = require "net"
local core = require "moonport.core"
local helper = require "spec.helper"
local dns_server = require "spec.dns_server"
local run, must, never, raises = helper.run, helper.must, helper.never, helper.raises
local record, name = dns_server.record, dns_server.name

-- Runs f while getaddrinfo finds these addresses.
local function finding(addresses, f)
  local original = core.getaddrinfo
  core.getaddrinfo = function(callback)
    local found = {}
    for i, address in ipairs(addresses) do found[i] = { address = address, family = net.isIP(address) } end
    process.nextTick(callback, nil, found)
  end
  local ok, err = pcall(f)
  core.getaddrinfo = original
  if not ok then error(err, 0) end
end

local function addresses_of(list)
  local texts = {}
  for i, entry in ipairs(list) do texts[i] = entry.address end
  return table.concat(texts, " ")
end

describe("dns.lookup", function()
  it("gives the addresses in the order that is asked for", function()
    finding({ "::1", "127.0.0.1", "::2", "127.0.0.2" }, function()
      local orders = {
        { {}, "::1 127.0.0.1 ::2 127.0.0.2" },
        { { order = "verbatim" }, "::1 127.0.0.1 ::2 127.0.0.2" },
        { { order = "ipv4first" }, "127.0.0.1 127.0.0.2 ::1 ::2" },
        { { order = "ipv6first" }, "::1 ::2 127.0.0.1 127.0.0.2" },
        { { verbatim = false }, "127.0.0.1 127.0.0.2 ::1 ::2" },
        { { verbatim = false, order = "ipv6first" }, "::1 ::2 127.0.0.1 127.0.0.2" },
      }
      run(function()
        for _, case in ipairs(orders) do
          local options = helper.with({ all = true }, case[1])
          dns.lookup("x.example", options, must(function(err, list)
            assert.is_nil(err)
            assert.equal(case[2], addresses_of(list))
          end))
          dns.lookup("x.example", case[1], must(function(_, address, family)
            assert.same({ case[2]:match "%S+", net.isIP(address) }, { address, family })
          end))
        end
      end)
    end)
  end)

  it("has a default order, which connect() follows", function()
    finally(function() dns.setDefaultResultOrder "verbatim" end)
    finding({ "::1", "127.0.0.1" }, function()
      for order, expected in pairs { ipv4first = "127.0.0.1", ipv6first = "::1" } do
        dns.setDefaultResultOrder(order)
        assert.equal(order, dns.getDefaultResultOrder())
        run(function()
          dns.lookup("x.example", must(function(_, address) assert.equal(expected, address) end))
          local socket
          socket = net.connect(1, "x.example")
          socket:once("connectionAttempt", must(function(address)
            assert.equal(expected, address)
            socket:destroy()
          end))
        end)
      end
    end)
  end)

  it("does not change the options, and takes a callable callback", function()
    run(function()
      local options = setmetatable({ family = 4 }, { __newindex = function() error "changed" end })
      dns.lookup("127.0.0.1", options, setmetatable({}, { __call = must(function(_, err) assert.is_nil(err) end) }))
      dns.lookup("127.0.0.1", nil, must())
    end)
  end)

  it("answers for no name, and warns of it once", function()
    local result = helper.script [[
      local dns = require "dns"
      dns.lookup("", function(...) print(...) end)
      dns.lookup(nil, { all = true }, function(err, list) print(err, #list) end)
      dns.lookup(false, 6, function(...) print(...) end)
    ]]
    assert.equal("nil\tnil\t4\nnil\t0\nnil\tnil\t6\n", result.out)
    assert.equal(1, select(2, result.err:gsub("DeprecationWarning: The provided hostname \"\"", "")))
    assert.equal(0, result.code)
  end)

  it("refuses hidden NULs", function()
    raises("ERR_INVALID_ARG_VALUE", dns.lookup, "local\0host", never())
    raises("ERR_INVALID_ARG_VALUE", dns.resolve4, "local\0host", never())
  end)

  it("is what net and dgram find names by, also when a script puts another in its place", function()
    local original = dns.lookup
    finally(function() dns.lookup = original end)
    local asked = {}
    dns.lookup = function(host, options, callback)
      asked[#asked + 1] = host
      process.nextTick(function()
        if options.all then callback(nil, { { address = "127.0.0.1", family = 4 } })
        else callback(nil, "127.0.0.1", 4) end
      end)
    end
    run(function()
      local server
      server = net.createServer(function(peer)
        peer:destroy()
        server:close()
      end):listen(0, "listen.example", must(function()
        net.connect(server:address().port, "connect.example"):on("error", function() end)
      end))
      local udp = dgram.createSocket "udp4"
      udp:bind(0, "bind.example", must(function()
        udp:send("x", udp:address().port, "send.example", must(function(err)
          assert.is_nil(err)
          udp:close()
        end))
      end))
    end)
    table.sort(asked)
    assert.same({ "bind.example", "connect.example", "listen.example", "send.example" }, asked)
  end)

  it("checks what connect() hands on before the socket connects", function()
    local socket = net.Socket()
    for _, hints in ipairs { 4096, 1.5, -1 } do
      raises("ERR_INVALID_ARG_VALUE", socket.connect, socket, { port = 80, hints = hints })
    end
    raises("ERR_INVALID_ARG_TYPE", socket.connect, socket, { port = 80, hints = "x" })
    assert.is_false(socket.connecting)
  end)

  it("keeps a program alive until it is answered, and not for longer than process.exit", function()
    local result = helper.script [[
      require "dns".lookup("localhost", 4, function(err, address)
        print(err, address)
        require "dns".lookup("localhost", print)
        require "dns".lookupService("127.0.0.1", 80, print)
        process.exit(3)
      end)
    ]]
    assert.same({ "nil\t127.0.0.1\n", "", 3 }, { result.out, result.err, result.code })
  end)
end)

describe("dns without a callback", function()
  it("waits, and gives what the callback would get", function()
    run(function()
      assert.same({ "127.0.0.1", 4 }, { dns.lookup "127.0.0.1" })
      assert.same({ "127.0.0.1", 4 }, { dns.lookup("localhost", 4) })
      assert.same({ "127.0.0.1", 4 }, { dns.lookup("localhost", { family = 4 }) })
      assert.same({ { address = "::1", family = 6 } }, dns.lookup("::1", { all = true }))
      local found, err = dns.lookup "no..name"
      assert.same({ nil, "ENOTFOUND" }, { found, err.code })
      local hostname, service = dns.lookupService("127.0.0.1", 80)
      assert.same({ "string", "string" }, { type(hostname), type(service) })
      found, err = dns.lookupService("192.0.2.1", 80)
      assert.same({ nil, "getnameinfo" }, { found, err.syscall })
    end)
  end)

  it("raises for wrong arguments, after which the task waits as before", function()
    run(function()
      raises("ERR_INVALID_ARG_TYPE", dns.lookup, 5)
      raises("ERR_INVALID_ARG_TYPE", dns.lookup, "x", "y")
      raises("ERR_INVALID_ARG_TYPE", dns.lookup, "x", nil, 5)
      raises("ERR_INVALID_ARG_VALUE", dns.lookup, "x", { hints = 4096 })
      raises("ERR_SOCKET_BAD_PORT", dns.lookupService, "127.0.0.1", -1)
      raises("ERR_MISSING_ARGS", dns.lookupService)
      raises("ERR_MISSING_ARGS", dns.lookupService, "127.0.0.1")
      raises("ERR_INVALID_ARG_TYPE", dns.resolve4, 5)
      raises("ERR_INVALID_ARG_TYPE", dns.resolve4, "x", 5)
      raises("ERR_INVALID_ARG_TYPE", dns.resolve, "x", 5)
      raises("ERR_INVALID_ARG_VALUE", dns.resolve, "x", "BOGUS")
      raises("EINVAL", dns.reverse, "x")
      assert.equal("127.0.0.1", (dns.lookup "127.0.0.1"))
    end)
  end)
end)

-- -- name servers -----------------------------------------------------------------------------------------------------

local c_ares = pcall(function() dns.Resolver():resolve4("", function() end) end)
core.run()

-- A spec that needs c-ares.
local function asks(what, f)
  it(what, function()
    if not c_ares then return pending "c-ares (libc-ares2) is not installed" end
    f()
  end)
end

-- One name server with a resolver that asks it: f(resolver, server); done() closes the server.
local function with_server(reply, options, f)
  if not f then options, f = nil, options end
  run(function()
    dns_server.start(reply, must(function(server)
      local resolver = dns.Resolver(options)
      resolver:setServers { server.address }
      f(resolver, server)
    end))
  end)
end

describe("dns.Resolver", function()
  asks("asks for every type, by resolve() as well", function()
    local data = {
      A = "\1\2\3\4", AAAA = ("\0"):rep(15) .. "\1", NS = name "ns.example", CNAME = name "c.example",
      PTR = name "p.example", MX = "\0\10" .. name "mx.example", TXT = "\1a\2bc", SRV = "\0\1\0\2\0\3" .. name "s.example",
      NAPTR = "\0\1\0\2" .. "\1s\1t\1u" .. name "n.example", CAA = "\0\5issueca", TLSA = "\3\1\2\0\xff",
      SOA = name "ns.example" .. name "me.example" .. ("\0\0\0\1"):rep(5),
    }
    local expected = {
      A = { "1.2.3.4" }, AAAA = { "::1" }, NS = { "ns.example" }, CNAME = { "c.example" }, PTR = { "p.example" },
      MX = { { exchange = "mx.example", priority = 10 } }, TXT = { { "a", "bc" } },
      SRV = { { name = "s.example", priority = 1, weight = 2, port = 3 } },
      NAPTR = { { order = 1, preference = 2, flags = "s", service = "t", regexp = "u", replacement = "n.example" } },
      CAA = { { critical = 0, issue = "ca" } }, TLSA = { { certUsage = 3, selector = 1, match = 2, data = "\0\xff" } },
      SOA = { nsname = "ns.example", hostmaster = "me.example", serial = 1, refresh = 1, retry = 1, expire = 1, minttl = 1 },
    }
    local left = 0
    with_server(function(question, _, rrtype)
      return dns_server.answer(question, { record(rrtype, 5, data[rrtype]) })
    end, function(resolver, server)
      local function told(rrtype)
        left = left + 1
        return must(function(err, result)
          assert.is_nil(err)
          assert.same(expected[rrtype], result)
          left = left - 1
          if left == 0 then server.close() end
        end)
      end
      local methods = { A = "resolve4", AAAA = "resolve6" }
      for rrtype in pairs(expected) do
        local method = methods[rrtype] or "resolve" .. rrtype:sub(1, 1) .. rrtype:sub(2):lower()
        resolver[method](resolver, "a.example", told(rrtype))
        resolver:resolve("a.example", rrtype, told(rrtype))
      end
      resolver:resolve("a.example", told "A")
    end)
  end)

  asks("tells what name servers refuse, and what they do not have", function()
    local cases = { FORMERR = "EFORMERR", SERVFAIL = "ESERVFAIL", NXDOMAIN = "ENOTFOUND", NOTIMP = "ENOTIMP",
      REFUSED = "EREFUSED", NOTHING = "ENODATA", OTHER = "ENODATA" }
    local left = 0
    with_server(function(question, asked)
      local case = asked:match "^%a+"
      if case == "NOTHING" then return dns_server.answer(question, {}) end
      if case == "OTHER" then return dns_server.answer(question, { record("CNAME", 1, name "x"), record(99, 1, "?") }) end
      return dns_server.answer(question, case)
    end, function(resolver, server)
      for case, code in pairs(cases) do
        left = left + 1
        resolver:resolveMx(case .. ".example", must(function(err, result)
          assert.same({ code, "queryMx", case .. ".example" }, { err.code, err.syscall, err.hostname })
          assert.equal(("queryMx %s %s.example"):format(code, case), err.message)
          assert.is_nil(result)
          left = left - 1
          if left == 0 then server.close() end
        end))
      end
    end)
  end)

  asks("gives up on a server that is silent, or not there", function()
    local start = process.hrtime.bigint()
    with_server(function() end, { timeout = 20, tries = 2 }, function(resolver, server)
      resolver:resolve4("a.example", must(function(err)
        assert.equal("ETIMEOUT", err.code)
        assert.is_true(#server.asked <= 2)
        assert.is_true(process.hrtime.bigint() - start >= 40e6)
        server.close()
        resolver:resolveTxt("a.example", must(function(refused) assert.equal("ECONNREFUSED", refused.code) end))
      end))
    end)
  end)

  asks("asks the next server when one is silent", function()
    run(function()
      dns_server.start(function() end, must(function(silent)
        dns_server.start(function(question) return dns_server.answer(question, { record("A", 1, "\1\1\1\1") }) end,
          must(function(good)
            local resolver = dns.Resolver { timeout = 20 }
            resolver:setServers { silent.address, good.address }
            resolver:resolve4("a.example", must(function(err, list)
              assert.is_nil(err)
              assert.same({ "1.1.1.1" }, list)
              assert.is_true(#silent.asked > 0)
              silent.close()
              good.close()
            end))
          end))
      end))
    end)
  end)

  asks("asks over TCP when the answer does not fit", function()
    local text = ("x"):rep(250)
    with_server(function(question, _, _, tcp)
      if not tcp then return dns_server.answer(question, {}, true) end
      local records = {}
      for i = 1, 100 do records[i] = record("TXT", 1, ("s1"):pack(text)) end
      return dns_server.answer(question, records)
    end, function(resolver, server)
      resolver:resolveTxt("a.example", must(function(err, list)
        assert.is_nil(err)
        assert.equal(100, #list)
        assert.same({ text }, list[100])
        assert.is_true(server.asked[#server.asked].tcp)
        server.close()
      end))
    end)
  end)

  asks("has many questions under way, and answers each", function()
    local left = 200
    with_server(function(question, asked)
      return dns_server.answer(question, { record("A", 1, ("BBBB"):pack(10, 0, 0, tonumber(asked:match "%d+"))) })
    end, function(resolver, server)
      for i = 1, left do
        resolver:resolve4(("n%d.example"):format(i), must(function(err, list)
          assert.is_nil(err)
          assert.same({ "10.0.0." .. i }, list)
          left = left - 1
          if left == 0 then server.close() end
        end))
      end
    end)
  end)

  asks("cancels what waits, and goes on", function()
    with_server(function(question, asked)
      if asked == "b.example" then return dns_server.answer(question, { record("A", 1, "\1\1\1\1") }) end
    end, function(resolver, server)
      local cancelled = 0
      for _ = 1, 3 do
        resolver:resolve4("a.example", must(function(err)
          assert.equal("ECANCELLED", err.code)
          cancelled = cancelled + 1
          if cancelled < 3 then return end
          resolver:cancel() -- nothing waits
          resolver:resolve4("b.example", must(function(failed)
            assert.is_nil(failed)
            server.close()
          end))
        end))
      end
      resolver:reverse("192.0.2.77", must(function(err) assert.equal("ECANCELLED", err.code) end))
      setImmediate(function() resolver:cancel() end)
    end)
  end)

  asks("waits without a callback", function()
    run(function()
      dns_server.start(function(question, asked, rrtype)
        if asked == "silent.example" then return nil end
        return dns_server.answer(question, rrtype == "A" and { record("A", 7, "\1\1\1\1") } or "NXDOMAIN")
      end, must(function(server)
        local resolver = dns.Resolver()
        resolver:setServers { server.address }
        assert.same({ "1.1.1.1" }, resolver:resolve4 "a.example")
        assert.same({ { address = "1.1.1.1", ttl = 7 } }, resolver:resolve4("a.example", { ttl = true }))
        assert.same({ "1.1.1.1" }, resolver:resolve("a.example", "A"))
        local found, err = resolver:resolve("a.example", "TXT")
        assert.same({ nil, "ENOTFOUND" }, { found, err.code })
        found, err = resolver:reverse "192.0.2.77"
        assert.same({ nil, "getHostByAddr" }, { found, err.syscall })
        local task = async.spawn(function() return resolver:resolveMx "silent.example" end)
        setTimeout(function() resolver:cancel() end, 5)
        found, err = task:join()
        assert.same({ nil, "ECANCELLED" }, { found, err.code })
        server.close()
      end))
    end)
  end)

  asks("asks from the own IP that is set", function()
    with_server(function(question) return dns_server.answer(question, { record("A", 1, "\1\1\1\1") }) end,
      function(resolver, server)
        resolver:setLocalAddress "127.0.0.2"
        resolver:resolve4("a.example", must(function(err)
          assert.is_nil(err)
          assert.equal("127.0.0.2", server.asked[1].peer)
          resolver:setLocalAddress("::1", "127.0.0.3")
          resolver:resolve4("b.example", must(function()
            assert.equal("127.0.0.3", server.asked[2].peer)
            server.close()
          end))
        end))
      end)
  end)

  asks("reverses an IP by /etc/hosts and by a name server", function()
    with_server(function(question, asked)
      assert.equal("77.2.0.192.in-addr.arpa", asked)
      return dns_server.answer(question, { record("PTR", 1, name "a.example"), record("PTR", 1, name "b.example") })
    end, function(resolver, server)
      resolver:reverse("192.0.2.77", must(function(err, names)
        assert.is_nil(err)
        assert.same({ "a.example", "b.example" }, names)
        server.close()
      end))
    end)
  end)

  asks("escapes what names must not have, and follows them wherever they go on", function()
    with_server(function(question)
      return dns_server.answer(question, {
        record("NS", 1, '\9a.b\\"\n\0 z' .. "\2de\0"),
        record("NS", 1, "\1x\xc0\x0c"),
      })
    end, function(resolver, server)
      resolver:resolveNs("q.example", must(function(err, names)
        assert.is_nil(err)
        assert.same({ 'a\\.b\\\\\\"\\010\\000\\032z.de', "x.q.example" }, names)
        server.close()
      end))
    end)
  end)

  asks("never breaks on an answer that is broken", function()
    local good = { record("MX", 1, "\0\10" .. name "mx.example"), record("A", 2, "\1\2\3\4"),
      record("TXT", 3, "\3abc\0"), record("SOA", 1, name "a" .. name "b" .. ("\0"):rep(20)), record("CAA", 1, "\0\5issuex"),
      record("SRV", 1, "\0\1\0\2\0\3\xc0\x0c"), record("NAPTR", 1, "\0\1\0\2\1s\1t\1u\0") }
    local x = 7
    local function random(n)
      x = x * 6364136223846793005 + 1442695040888963407
      return (x >> 33) % n
    end
    local asked, outcomes, limit = 0, {}, helper.sanitized and 300 or 2000
    with_server(function(question)
      local bytes = { dns_server.answer(question, good):byte(1, -1) }
      local _, _, behind = dns_server.parse(question) -- an answer to another question is no answer
      local function anywhere() return random(20) == 0 and 8 or behind + random(#bytes - behind + 1) end
      for _ = 1, 1 + random(4) do bytes[anywhere()] = random(256) end
      local message = string.char(table.unpack(bytes))
      return random(4) == 0 and message:sub(1, behind + random(#message - behind)) or message
    end, function(resolver, server)
      local function ask()
        asked = asked + 1
        resolver:resolveAny(asked % 2 == 0 and "a.example" or "b.example", function(err, list)
          outcomes[err and err.code or "answered"] = true
          assert.is_true(err ~= nil or #list > 0)
          if asked < limit then ask() else server.close() end
        end)
      end
      ask()
    end)
    assert.is_true(outcomes.answered and outcomes.EBADRESP)
  end)

  it("reads answers that lead nowhere", function()
    local answers = require "moonport.dns_message".answers
    local head = "\0\1\x81\x80\0\1\0\1\0\0\0\0"
    assert.is_nil(answers "")
    assert.is_nil(answers(head))
    assert.is_nil(answers(head .. "\xc0\x0c\0\1\0\1")) -- a name that is its own rest
    assert.is_nil(answers(head .. "\x40\0\1\0\1")) -- a kind of label that there is not
    assert.is_nil(answers(head .. ("\63" .. ("x"):rep(63)):rep(5) .. "\0\0\1\0\1")) -- longer than a name may be
    assert.is_nil(answers(head .. "\0\0\1\0\1" .. "\xc0\x0c" .. (">I2I2I4s2"):pack(1, 1, 0, ("x"):rep(16)))) -- an A of 16 bytes
    assert.is_nil(answers(head .. "\0\0\1\0\1" .. "\xc0\x0c" .. (">I2I2I4s2"):pack(16, 1, 0, "\5abc"))) -- text that is cut
    assert.is_nil(answers(head .. "\0\0\1\0\1" .. "\xc0\x0c" .. (">I2I2I4s2"):pack(257, 1, 0, "\0\xffissue")))
    assert.same({}, answers(head .. "\0\0\1\0\1" .. "\xc0\x0c" .. (">I2I2I4s2"):pack(1, 3, 0, "\1\2\3\4"))) -- class CHAOS
    local long = head .. "\0\0\1\0\1" .. "\0" .. (">I2I2I4s2"):pack(1, 1, 0, "\1\2\3\4")
    assert.equal("1.2.3.4", answers(long)[1].address)
    for i = 1, #long - 1 do assert.is_nil(answers(long:sub(1, i)), i) end
  end)

  asks("is garbage when nothing waits, and not before", function()
    local weak = setmetatable({}, { __mode = "v" })
    with_server(function(question) return dns_server.answer(question, { record("A", 1, "\1\1\1\1") }) end,
      function(_, server)
        weak[1] = dns.Resolver()
        weak[1]:setServers { server.address }
        weak[1]:resolve4("a.example", must(function(err)
          assert.is_nil(err)
          server.close()
        end))
        collectgarbage()
        collectgarbage()
        assert.is_not_nil(weak[1])
      end)
    collectgarbage()
    collectgarbage()
    assert.is_nil(weak[1])
  end)

  asks("does not keep a program alive, nor does what is left unanswered", function()
    local result = helper.script [[
      local dns = require "dns"
      local resolver = dns.Resolver()
      resolver:setServers { "127.0.0.1:9" }
      resolver:resolve4("a.example", function(err) print(err.code) end)
      resolver:cancel()
      local other = dns.Resolver()
      process.on("exit", function() other:resolve4("b.example", print) end)
    ]]
    assert.same({ "ECANCELLED\n", "", 0 }, { result.out, result.err, result.code })
  end)

  asks("raises what a callback raises, and tells the others", function()
    local result = helper.script [[
      process.on("uncaughtException", function(err) print("caught " .. err:match "oops%d") end)
      local resolver = require "dns".Resolver()
      for i = 1, 3 do resolver:resolve4("a..b", function(err) error("oops" .. i) end) end
    ]]
    assert.same({ "caught oops1\ncaught oops2\ncaught oops3\n", "", 0 }, { result.out, result.err, result.code })
  end)

  it("is a class whose methods know their receiver", function()
    local resolver = dns.Resolver.new()
    assert.equal("Resolver", tostring(resolver))
    for method in pairs(dns.Resolver.prototype) do
      raises("ERR_INVALID_THIS", resolver[method], {}, "a.example", never(method))
    end
    assert.has_error(function() dns.Resolver.prototype.resolve4("a.example", never()) end)
  end)

  it("lets a program change whom all ask", function()
    local result = helper.script [[
      local dns = require "dns"
      local before = dns.getServers()
      assert(#before > 0 and require "net".isIP(before[1]) ~= 0)
      dns.setServers { "127.0.0.1:9", "127.0.0.1:9", "[::1]:53" }
      print(table.concat(dns.getServers(), " "))
    ]]
    assert.same({ "127.0.0.1:9 ::1\n", "", 0 }, { result.out, result.err, result.code })
    raises("ERR_SOCKET_BAD_PORT", dns.setServers, { "127.0.0.1:0" })
    raises("ERR_SOCKET_BAD_PORT", dns.setServers, { "127.0.0.1:65536" })
  end)

  it("says what to install where the library is missing, or another", function()
    local source = [[
      local dns = require "dns"
      print(#dns.getServers() > 0)
      local ok, err = pcall(dns.resolve4, "a.example", print)
      print(ok, err.code, err.message)
      dns.lookup("127.0.0.1", print)
    ]]
    for _, content in ipairs { "no library", "\127ELF" } do
      local folder = helper.path()
      os.execute("mkdir " .. folder)
      helper.write_file(folder .. "/libcares.so.2", content)
      local result = helper.script(source, { before = ("export LD_LIBRARY_PATH=%s;"):format(folder) })
      assert.truthy(result.out:find("^true\nfalse\tERR_FEATURE_UNAVAILABLE_ON_PLATFORM\tName servers are asked by the "
        .. "library c%-ares %(Debian: libc%-ares2%), which is not here: .-\nnil\t127%.0%.0%.1\t4\n$"), result.out .. result.err)
      assert.equal(0, result.code)
    end
  end)

  it("is asked by dig as well: the name server of these specs writes what others read", function()
    if not os.execute "command -v dig >/dev/null" then return pending "dig (bind9-dnsutils) is not installed" end
    local result
    run(function()
      dns_server.start(function(question, _, rrtype)
        local data = { MX = "\0\10\2mx\xc0\x0c", TXT = "\3a b\2c;", SRV = "\0\1\0\2\0\3" .. name "s.example", A = "\1\2\3\4" }
        return dns_server.answer(question, { record(rrtype, 5, data[rrtype]) })
      end, must(function(server)
        local out = helper.path()
        local words = {}
        for _, rrtype in ipairs { "MX", "TXT", "SRV", "A" } do
          words[#words + 1] = ("dig +short +noedns +tries=1 @127.0.0.1 -p %d a.example %s"):format(server.port, rrtype)
        end
        os.execute(("(%s) >%s 2>&1 & "):format(table.concat(words, "; "), out .. ".part"):gsub("& $",
          ("; mv %s.part %s) >/dev/null 2>&1 &"):format(out, out)):gsub("^", "("))
        local timer
        timer = setInterval(function()
          result = helper.read_file(out)
          if not result then return end
          clearInterval(timer)
          server.close()
        end, 5)
      end))
    end)
    assert.equal('10 mx.a.example.\n"a b" "c;"\n1 2 3 s.example.\n1.2.3.4\n', result)
  end)
end)
