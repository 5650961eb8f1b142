-- blocklist_spec.lua - net.BlockList and net.SocketAddress where Node's own examples end: many rules against a simple
-- model, rules that come and go, servers that drop and sockets that do not connect. As in Node: spec/parity/blocklist_*.
local net = require "net"
local helper = require "spec.helper"
local run, must, never, raises, reach = helper.run, helper.must, helper.never, helper.raises, helper.reach

-- The same numbers in every run.
local function random_numbers(seed)
  local x = seed
  return function(n)
    x = x * 6364136223846793005 + 1442695040888963407
    return (x >> 33) % n
  end
end

-- -- a model: IPs as 16 bytes, each rule asked one after the other ---------------------------------------------------

local MAPPED = ("\0"):rep(10) .. "\xff\xff"

local function text_of(bytes)
  if #bytes == 4 then return ("%d.%d.%d.%d"):format(bytes:byte(1, 4)) end
  return ("%x:%x:%x:%x:%x:%x:%x:%x"):format((">I2I2I2I2I2I2I2I2"):unpack(bytes))
end

local function is_mapped(bytes) return #bytes == 16 and bytes:sub(1, 12) == MAPPED end

local function same_bits(a, b, bits)
  for i = 1, (bits + 7) // 8 do
    local left = math.min(8, bits - (i - 1) * 8)
    if a:byte(i) >> (8 - left) ~= b:byte(i) >> (8 - left) then return false end
  end
  return true
end

-- An IP seen in the family of a rule; nil when it has none there.
local function seen_in(bytes, size)
  if #bytes == size then return bytes end
  if size == 16 then return MAPPED .. bytes end
  return is_mapped(bytes) and bytes:sub(13) or nil
end

local function matches(rule, ip)
  local kind, first, last = rule[1], rule[2], rule[3]
  local seen = seen_in(ip, #first)
  if kind == "Range" and #ip == 4 and #first == 16 and not (is_mapped(first) and is_mapped(last)) then return false end
  if not seen then return false end
  if kind == "Address" then return seen == first end
  if kind == "Range" then return first <= seen and seen <= last end
  return same_bits(seen, first, last)
end

local function apply(list, verb, rule)
  local family = #rule[2] == 4 and "ipv4" or "ipv6"
  local rest = rule[1] == "Range" and text_of(rule[3]) or rule[3]
  if rule[1] == "Address" then return list[verb .. "Address"](list, text_of(rule[2]), family) end
  list[verb .. (rule[1] == "Range" and "Range" or "Subnet")](list, text_of(rule[2]), rest, family)
end

-- IPs from a small world, so that they meet rules: few values a byte, half of IPv6 mapped.
local function random_ip(random, size)
  if size == 16 and random(2) == 0 then return MAPPED .. random_ip(random, 4) end
  local bytes = {}
  for i = 1, size do
    local near_the_end = i > size - 2
    bytes[i] = string.char((near_the_end and random(256)) or ({ 0, 1, 127, 128, 255 })[random(size == 4 and 5 or 2) + 1])
  end
  return table.concat(bytes)
end

local function random_rule(random)
  local size = random(2) == 0 and 4 or 16
  local first = random_ip(random, size)
  local kind = random(3)
  if kind == 0 then return { "Address", first } end
  if kind == 1 then return { "Subnet", first, random(size * 8 + 1) } end
  local second = random_ip(random, size)
  if second < first then first, second = second, first end
  return { "Range", first, second }
end

describe("net.BlockList", function()
  it("says of any IP what its rules say one by one, whatever came and went", function()
    for seed = 1, helper.sanitized and 10 or 60 do
      local random = random_numbers(seed)
      local list, rules = net.BlockList(), {}
      for _ = 1, 40 do
        if #rules > 0 and random(4) == 0 then
          local i = random(#rules) + 1
          apply(list, "remove", rules[i])
          table.remove(rules, i)
        else
          local rule, known = random_rule(random), false
          apply(list, "add", rule)
          for _, other in ipairs(rules) do
            known = known or rule[1] == other[1] and rule[2] == other[2] and rule[3] == other[3]
          end
          if not known then rules[#rules + 1] = rule end
        end
        assert.equal(#rules, list.size)
        for _ = 1, 10 do
          local ip, expected = random_ip(random, random(2) == 0 and 4 or 16), false
          for _, rule in ipairs(rules) do expected = expected or matches(rule, ip) end
          if list:check(text_of(ip)) ~= expected then
            error(("seed %d: %s is %sblocked by %s"):format(seed, text_of(ip), expected and "not " or "",
              table.concat(list.rules, ", ")), 0)
          end
        end
      end
      local copy = net.BlockList()
      copy:fromJSON(list:toJSON())
      assert.equal(list.size, copy.size)
      for _ = 1, 50 do
        local ip = text_of(random_ip(random, 4))
        assert.equal(list:check(ip), copy:check(ip))
      end
    end
  end)

  it("is quick with many rules, also while they come", function()
    local list = net.BlockList()
    local count = helper.sanitized and 2000 or 20000
    for i = 1, count do
      list:addAddress(("10.%d.%d.%d"):format(i >> 16, i >> 8 & 255, i & 255))
      if i % 10 == 0 then list:addSubnet(("2001:db8:%x::"):format(i), 48) end
      assert.is_false(list:check "192.0.2.1")
    end
    assert.equal(count + count // 10, list.size)
    assert.is_true(list:check "10.0.0.77")
    assert.is_true(list:check "2001:db8:a::1")
    for i = 1, count do list:removeAddress(("10.%d.%d.%d"):format(i >> 16, i >> 8 & 255, i & 255)) end
    assert.equal(count // 10, list.size)
    assert.is_false(list:check "10.0.0.77")
    list:clear()
    assert.same({ 0, {}, false }, { list.size, list.rules, list:check "2001:db8:a::1" })
    list:addAddress "1.1.1.1"
    assert.is_true(list:check "1.1.1.1")
  end)

  it("finds the family by itself", function()
    local list = net.BlockList()
    list:addAddress "::1"
    list:addRange("2001:db8::1", "2001:db8::9")
    list:addSubnet("fc00::", 7)
    assert.is_true(list:check "::1" and list:check "2001:db8::5" and list:check "fd00::1")
    assert.is_false(list:check "127.0.0.1")
    raises("ERR_INVALID_ADDRESS", list.addRange, list, "1.1.1.1", "::2")
    raises("ERR_OUT_OF_RANGE", list.addSubnet, list, "10.0.0.0", 33)
    raises("ERR_INVALID_ADDRESS", list.addAddress, list, "1.1.1.1\0")
    assert.is_false(list:check "1.1.1.1\0")
  end)

  it("takes lists and CIDR", function()
    local list = net.BlockList()
    list:addAddresses { "1.1.1.1", "::1", net.SocketAddress { address = "2.2.2.2" } }
    list:addAddresses({ "3.3.3.3" }, "ipv4")
    list:addCIDR "10.0.0.0/8"
    list:addCIDRs { "192.168.0.0/16", "2001:db8::/32" }
    assert.equal(7, list.size)
    assert.is_true(list:check "10.9.9.9" and list:check "2001:db8::1" and list:check "2.2.2.2")
    list:removeCIDR "10.0.0.0/8"
    list:removeCIDR "10.0.0.0/9" -- is not there
    list:removeAddress "4.4.4.4"
    list:removeRange("1.1.1.1", "1.1.1.2")
    assert.equal(6, list.size)
    list:addSubnet("172.16.0.0", 12)
    list:removeSubnet("172.16.0.0", 13)
    assert.is_true(list:check "172.31.0.1")
    list:removeSubnet("172.16.0.0", 12)
    assert.is_false(list:check "172.31.0.1")
    assert.equal(6, list.size)
    raises("ERR_OUT_OF_RANGE", list.removeSubnet, list, "172.16.0.0", 33)
    for _, cidr in ipairs { "10.0.0.0", "", "/8", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/8 " } do
      local code = cidr == "/8" and "ERR_INVALID_ADDRESS" or "ERR_INVALID_ARG_VALUE"
      raises(code, list.addCIDR, list, cidr)
      raises(code, list.removeCIDR, list, cidr)
    end
    raises("ERR_OUT_OF_RANGE", list.addCIDR, list, "10.0.0.0/33")
    raises("ERR_OUT_OF_RANGE", list.addCIDR, list, "::/999999999999999999999")
    raises("ERR_INVALID_ARG_TYPE", list.addCIDR, list, 8)
    raises("ERR_INVALID_ARG_TYPE", list.addCIDRs, list, "10.0.0.0/8")
    raises("ERR_INVALID_ARG_TYPE", list.addAddresses, list, "1.1.1.1")
    raises("ERR_INVALID_ARG_TYPE", list.addAddresses, list, { 5 })
    raises("ERR_INVALID_THIS", list.addCIDR, {}, "10.0.0.0/8")
  end)

  it("knows the private ranges", function()
    local list = net.BlockList()
    list:addCIDRs(net.BlockList.PRIVATE_RANGES)
    for ip in ([[10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 127.0.0.1 127.255.255.255 ::1 169.254.1.1 fe80::1 febf::1
      fc00::1 fdff::1 ::ffff:10.0.0.1]]):gmatch "%S+" do assert.is_true(list:check(ip), ip) end
    for ip in ("9.255.255.255 11.0.0.0 172.15.0.1 172.32.0.0 192.169.0.0 8.8.8.8 ::2 fec0::1 2001:db8::1"):gmatch "%S+" do
      assert.is_false(list:check(ip), ip)
    end
  end)

  it("goes to JSON and back", function()
    local list = net.BlockList()
    local rules = { "Subnet: IPv4 192.168.1.0/24", "Address: IPv4 10.0.0.5", "Range: IPv6 ::1-::5", "Address: IPv6 2001:db8::1" }
    list:fromJSON(rules)
    assert.equal(4, list.size)
    local copy = net.BlockList()
    copy:fromJSON('[ "' .. table.concat(list:toJSON(), '",\n"') .. '" ]')
    assert.equal(4, copy.size)
    assert.is_true(copy:check "192.168.1.9" and copy:check "::3")
    copy:fromJSON "[]"
    for _, bad in ipairs { "", "{}", "nonsense", '["Address: IPv4 1.1.1.1", 5]', { "Address: IPv5 1.1.1.1" },
      { "Address IPv4 1.1.1.1" }, { "Range: IPv4 1.1.1.1" }, { "Subnet: IPv4 1.1.1.1" }, { "" } } do
      raises("ERR_INVALID_ARG_VALUE", copy.fromJSON, copy, bad)
    end
    raises("ERR_INVALID_ADDRESS", copy.fromJSON, copy, { "Address: IPv6 1.1.1.1" })
    raises("ERR_INVALID_ARG_TYPE", copy.fromJSON, copy, { 5 })
    raises("ERR_INVALID_ARG_TYPE", copy.fromJSON, copy, nil)
    assert.equal(4, copy.size)
  end)

  it("is known by isBlockList, and shows its rules", function()
    local list = net.BlockList.new()
    assert.is_true(net.BlockList.isBlockList(list))
    for _, other in ipairs { 5, "x", {}, net.createServer(), net.BlockList } do
      assert.is_false(net.BlockList.isBlockList(other))
    end
    assert.is_false(net.BlockList.isBlockList())
    list:addAddress "1.1.1.1"
    assert.equal("BlockList { rules: [ 'Address: IPv4 1.1.1.1' ] }", require "util".inspect(list))
    raises("ERR_INVALID_ARG_VALUE", function() list.rules = {} end)
  end)
end)

describe("A server with a blockList", function()
  it("drops whom it blocks, silently, and goes on for the others", function()
    run(function()
      local list = net.BlockList()
      list:addSubnet("127.0.0.2", 31)
      local seen = {}
      local server = net.createServer({ blockList = list }, function(peer)
        seen[#seen + 1] = peer.remoteAddress
        peer:resume()
      end):on("drop", never "drop"):on("error", never "error"):listen(0, "127.0.0.1")
      assert.equal(list, server.blockList)
      local function try(own, done)
        local socket = net.connect(helper.with(reach(server), { localAddress = own }))
        socket:on("error", function() end):resume()
        socket:on("connect", function() socket:finish "hello" end)
        socket:on("close", must(function() done() end))
      end
      try("127.0.0.2", function()
        try("127.0.0.1", function()
          assert.same({ "127.0.0.1" }, seen)
          list:addAddress "127.0.0.1" -- rules are in force at once
          try("127.0.0.1", function()
            list:clear()
            try("127.0.0.2", function()
              assert.same({ "127.0.0.1", "127.0.0.2" }, seen)
              server:close()
            end)
          end)
        end)
      end)
    end)
  end)

  it("knows IPv4 peers of an IPv6 socket, and lets everybody in on a path", function()
    run(function()
      local list = net.BlockList()
      list:addSubnet("127.0.0.0", 8)
      list:addAddress "::1"
      local both = net.createServer({ blockList = list }, never "connection"):listen(0)
      local path = net.createServer({ blockList = list }, must(function(peer) peer:destroy() end)):listen(helper.path ".sock")
      net.connect(path:address()):on("error", function() end):resume():on("close", must(function()
        path:close()
        net.connect(both:address().port, "127.0.0.1"):on("error", function() end):resume():on("close", must(function()
          both:close()
        end))
      end))
    end)
  end)

  it("keeps the list while it needs it", function()
    run(function()
      local server
      do
        local list = net.BlockList()
        list:addAddress "127.0.0.1"
        server = net.createServer({ blockList = list }, never "connection"):listen(0, "127.0.0.1")
      end
      collectgarbage()
      collectgarbage()
      net.connect(reach(server)):on("error", function() end):resume():on("close", must(function()
        assert.same({ "Address: IPv4 127.0.0.1" }, server.blockList.rules)
        server:close()
      end))
    end)
  end)

  it("refuses what is no list", function()
    for _, value in ipairs { 5, "x", {}, true, net.Socket() } do
      local err = raises("ERR_INVALID_ARG_TYPE", net.createServer, { blockList = value })
      assert.truthy(err.message:find('The "options.blockList" property must be an net.BlockList.', 1, true), err.message)
      raises("ERR_INVALID_ARG_TYPE", net.Socket, { blockList = value })
      raises("ERR_INVALID_ARG_TYPE", net.connect, { port = 1, host = "127.0.0.1", blockList = value })
    end
    assert.is_nil(net.createServer().blockList)
    assert.is_nil(net.Socket().blockList)
  end)
end)

describe("A socket with a blockList", function()
  local function list_of(...)
    local list = net.BlockList()
    list:addAddresses { ... }
    return list
  end

  it("does not connect to an IP that is blocked", function()
    run(function()
      local server = net.createServer(never "connection"):listen(0, "127.0.0.1")
      local list = list_of "127.0.0.1"
      local socket = net.connect(helper.with(reach(server), { blockList = list }))
      assert.equal(list, socket.blockList)
      local tried = 0
      socket:on("connectionAttempt", function() tried = tried + 1 end)
      socket:on("connect", never "connect"):on("error", must(function(err)
        assert.same({ "ERR_IP_BLOCKED", "IP(127.0.0.1) is blocked by net.BlockList" }, { err.code, err.message })
        assert.equal(1, tried)
      end)):on("close", must(function(had_error)
        assert.is_true(had_error)
        server:close()
      end))
    end)
  end)

  it("does not connect to a name that leads to one", function()
    run(function()
      local list = list_of "192.0.2.1"
      net.connect { port = 1, host = "x.example", blockList = list, family = 4, lookup = function(_, _, callback)
        callback(nil, "::ffff:192.0.2.1", 6)
      end }:on("error", must(function(err) assert.equal("ERR_IP_BLOCKED", err.code) end))
    end)
  end)

  it("takes the next address of a name, and says so when none is left", function()
    run(function()
      local server = net.createServer(must(function(peer) peer:destroy() end)):listen(0, "127.0.0.1")
      local port = server:address().port
      local function addresses(_, _, callback)
        process.nextTick(callback, nil, { { address = "127.0.0.2", family = 4 }, { address = "127.0.0.1", family = 4 } })
      end
      local failed = {}
      local socket = net.connect { port = port, host = "x.example", lookup = addresses, blockList = list_of "127.0.0.2" }
      socket:on("connectionAttemptFailed", function(ip, _, _, err) failed[#failed + 1] = ip .. " " .. err.code end)
      socket:resume():on("connect", must(function() assert.same({ "127.0.0.2 ERR_IP_BLOCKED" }, failed) end))
      socket:on("close", must(function()
        server:close()
        local none = net.connect { port = port, host = "x.example", lookup = addresses,
          blockList = list_of("127.0.0.1", "127.0.0.2") }
        none:on("error", must(function(err)
          assert.same({ "AggregateError", "ERR_IP_BLOCKED", 2 }, { err.name, err.code, #err.errors })
          assert.truthy(err.message:find("127.0.0.2, 127.0.0.1", 1, true), err.message)
        end))
      end))
    end)
  end)

  it("goes where the list lets it, and to any path", function()
    run(function()
      for _, transport in ipairs(helper.transports) do
        local server
        server = net.createServer(must(function(peer)
          peer:destroy()
          server:close()
        end)):listen(transport.where())
        net.connect(helper.with(reach(server), { blockList = list_of "192.0.2.1" })):resume():on("connect", must())
      end
    end)
  end)
end)

describe("net.SocketAddress", function()
  it("parses what has a port, and what has none", function()
    local cases = {
      ["1.2.3.4"] = { "1.2.3.4", "ipv4", 0 }, ["1.2.3.4:80"] = { "1.2.3.4", "ipv4", 80 },
      ["1.2.3.4:65535"] = { "1.2.3.4", "ipv4", 65535 }, ["1.2.3.4:0"] = { "1.2.3.4", "ipv4", 0 },
      ["[::1]"] = { "::1", "ipv6", 0 }, ["[::1]:80"] = { "::1", "ipv6", 80 },
      ["[2001:DB8::1]:443"] = { "2001:db8::1", "ipv6", 443 }, ["[::ffff:1.2.3.4]:5"] = { "::ffff:1.2.3.4", "ipv6", 5 },
    }
    for text, expected in pairs(cases) do
      local parsed = net.SocketAddress.parse(text)
      assert.same(expected, { parsed.address, parsed.family, parsed.port }, text)
    end
    for _, text in ipairs { "", "x", "localhost:80", "::1", "::1:80", "1.2.3:80", "1.2.3.4:65536", "1.2.3.4:x", "1.2.3.4:-1",
      "[1.2.3.4]:80", "[::1", "[]", "[::1]80", " 1.2.3.4", "1.2.3.4:80\0", "1.2.3.4 :80" } do
      assert.is_nil(net.SocketAddress.parse(text), text)
    end
    raises("ERR_INVALID_ARG_TYPE", net.SocketAddress.parse, 80)
  end)

  it("does not change", function()
    local address = net.SocketAddress { address = "::1", family = "ipv6", port = 80, flowlabel = 5 }
    for _, name in ipairs { "address", "family", "port", "flowlabel" } do
      raises("ERR_INVALID_ARG_VALUE", function() address[name] = 1 end)
    end
    assert.same({ "::1", "ipv6", 80, 5 }, { address.address, address.family, address.port, address.flowlabel })
    assert.equal("SocketAddress [::1]:80", tostring(address))
    for _, label in ipairs { -1, 0x100000, 1e300 } do raises("ERR_OUT_OF_RANGE", net.SocketAddress, { flowlabel = label }) end
  end)
end)
