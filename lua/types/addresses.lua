---@meta _

-- What the module net has of addresses: net.BlockList, net.SocketAddress, net.BoundSocket.

---@class net.BlockListClass
---@overload fun(): BlockList
---@field new fun(): BlockList the same as calling the class
---@field prototype table the methods of all lists
---@field PRIVATE_RANGES string[] private, loopback and link-local networks, for addCIDRs(); not to be changed
---@field isBlockList fun(value: any): boolean
local BlockListClass = {}

--- Rules about IPs, for the options `blockList` of servers and sockets. What is added or removed counts from the next
--- connection on. An IPv4 address and the IPv6 address that it is mapped to (`::ffff:1.2.3.4`) are the same. Where no
--- family is given it is the address's own (Node: "ipv4"). A rule that is there already is not added again.
--- [Node](https://nodejs.org/api/net.html#class-netblocklist)
---@class BlockList
---@field rules string[] (read-only) as "Address: IPv4 1.2.3.4", "Range: IPv4 1.2.3.4-1.2.3.9", "Subnet: IPv6 fe80::/10"
---@field size integer (read-only) how many rules
local BlockList = {}

---@alias net.Family "ipv4"|"ipv6"

--- Blocks one IP. Raises ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_ADDRESS.
--- [Node](https://nodejs.org/api/net.html#blocklistaddaddressaddress-type)
---@param address string|SocketAddress
---@param family? net.Family
function BlockList:addAddress(address, family) end

--- Blocks several. [Node](https://nodejs.org/api/net.html#blocklistaddaddressesaddresses-type)
---@param addresses (string|SocketAddress)[]
---@param family? net.Family of all
function BlockList:addAddresses(addresses, family) end

--- Blocks all IPs from one to another, both included. Raises as addAddress does.
--- [Node](https://nodejs.org/api/net.html#blocklistaddrangestart-end-type)
---@param start string|SocketAddress
---@param stop string|SocketAddress not before start
---@param family? net.Family
function BlockList:addRange(start, stop, family) end

--- Blocks all IPs whose first bits are the network's. Raises as addAddress does, and ERR_OUT_OF_RANGE.
--- [Node](https://nodejs.org/api/net.html#blocklistaddsubnetnet-prefix-type)
---@param network string|SocketAddress
---@param prefix integer bits: 0 to 32, or to 128
---@param family? net.Family
function BlockList:addSubnet(network, prefix, family) end

--- Blocks a subnet: "10.0.0.0/8", "2001:db8::/32". Raises as addSubnet does.
--- [Node](https://nodejs.org/api/net.html#blocklistaddcidrcidr)
---@param cidr string
function BlockList:addCIDR(cidr) end

--- Blocks several. [Node](https://nodejs.org/api/net.html#blocklistaddcidrscidrs)
---@param cidrs string[]
function BlockList:addCIDRs(cidrs) end

--- Takes this very rule away, if it is there. Raises as addAddress does.
---@param address string|SocketAddress
---@param family? net.Family
function BlockList:removeAddress(address, family) end

--- Takes this very rule away, if it is there. Raises as addRange does.
---@param start string|SocketAddress
---@param stop string|SocketAddress
---@param family? net.Family
function BlockList:removeRange(start, stop, family) end

--- Takes this very rule away, if it is there. Raises as addSubnet does.
---@param network string|SocketAddress
---@param prefix integer
---@param family? net.Family
function BlockList:removeSubnet(network, prefix, family) end

--- Takes this very rule away, if it is there. Raises as addSubnet does.
---@param cidr string
function BlockList:removeCIDR(cidr) end

--- Takes all rules away.
function BlockList:clear() end

--- Whether an IP is blocked; what is no IP, or of another family, is not. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/net.html#blocklistcheckaddress-type)
---@param address string|SocketAddress
---@param family? net.Family
---@return boolean
function BlockList:check(address, family) end

--- The rules, as fromJSON takes them.
---@return string[]
function BlockList:toJSON() end

--- Adds rules, all or none. Raises ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_ADDRESS.
---@param rules string[]|string a list, or its text in JSON
function BlockList:fromJSON(rules) end

---@class net.SocketAddressOptions
---@field address? string an IP ("127.0.0.1" or "::")
---@field family? net.Family ("ipv4")
---@field port? integer|string (0)
---@field flowlabel? integer of "ipv6", 0 to 1048575 (0)

---@class net.SocketAddressClass
---@overload fun(options?: net.SocketAddressOptions): SocketAddress
---@field new fun(options?: net.SocketAddressOptions): SocketAddress the same as calling the class
---@field prototype table the methods of all addresses
---@field parse fun(input: string): SocketAddress? "1.2.3.4", "1.2.3.4:80", "[::1]" or "[::1]:80"; nil for anything else
---@field isSocketAddress fun(value: any): boolean
local SocketAddressClass = {}

--- An IP and a port. Raises ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_ADDRESS, ERR_SOCKET_BAD_PORT,
--- ERR_OUT_OF_RANGE when it is made. [Node](https://nodejs.org/api/net.html#class-netsocketaddress)
---@class SocketAddress
---@field address string (read-only)
---@field family "ipv4"|"ipv6" (read-only)
---@field port integer (read-only)
---@field flowlabel integer (read-only)
local SocketAddress = {}

--- The same as a table.
---@return { address: string, family: net.Family, port: integer, flowlabel: integer }
function SocketAddress:toJSON() end

--- Options of a BoundSocket: a port, or a path.
---@class net.BoundSocketOptions
---@field host? string an IP ("0.0.0.0", or "::" with ipv6Only)
---@field port? integer|string (0: a free one)
---@field ipv6Only? boolean no IPv4 on "::" (false)
---@field reusePort? boolean SO_REUSEPORT: others may share the port (false)
---@field path? string a Unix socket; one that begins with "\0" is abstract. Not with any of the others

---@class net.BoundSocketClass
---@overload fun(options?: net.BoundSocketOptions): BoundSocket
---@field new fun(options?: net.BoundSocketOptions): BoundSocket the same as calling the class
---@field prototype table the methods of all bound sockets
local BoundSocketClass = {}

--- A port or a path that is bound at once, when it is made, or raises why not: EADDRINUSE, EACCES, EADDRNOTAVAIL, ...;
--- for wrong options ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_IP_ADDRESS, ERR_SOCKET_BAD_PORT. Nobody
--- else can bind there. `server:listen(bound)` listens on it, `net.Socket { handle = bound }` connects from it; then it
--- is theirs, and its methods raise ERR_SOCKET_HANDLE_ADOPTED. What nobody knows any more is closed.
--- [Node](https://nodejs.org/api/net.html#class-netboundsocket)
---@class BoundSocket
---@field isPipe boolean (read-only) whether it is bound to a path
local BoundSocket = {}

--- Where it is bound: the path of a Unix socket. Raises ERR_SOCKET_CLOSED after close().
---@return net.Address|string
function BoundSocket:address() end

--- Its descriptor, which stays its own. Raises as address() does.
---@return integer
function BoundSocket:fd() end

--- Gives the port or the path back; a second time does nothing.
function BoundSocket:close() end
