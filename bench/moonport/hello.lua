-- hello.lua - the row start-up, for moonport and for plain lua5.4
print("hello")
