# Turns a file of the web page into a row of a C array: its name, a hash that its address carries, and its bytes, so
# that the server carries it and reads no file. Called as cmake -DASSET=… -DOUTPUT=… -P asset.cmake.
get_filename_component(name ${ASSET} NAME)
file(SHA256 ${ASSET} hash)
string(SUBSTRING ${hash} 0 16 hash)
file(READ ${ASSET} hex HEX)
file(SIZE ${ASSET} size)
string(REGEX REPLACE "(..)" "0x\\1," bytes ${hex})
file(WRITE ${OUTPUT} "{\"${name}\", \"${hash}\", (const unsigned char[]){${bytes}}, ${size}},\n")
