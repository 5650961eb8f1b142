/* socket_properties.h - the properties of class Socket, for socket.c only. */
#ifndef SOCKET_PROPERTIES_H
#define SOCKET_PROPERTIES_H

#include "class.h"

extern const Property socket_properties[];

#endif
