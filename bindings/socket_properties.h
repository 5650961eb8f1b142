/* socket_properties.h - the properties of class Socket, for socket.c only. */
#ifndef SOCKET_PROPERTIES_H
#define SOCKET_PROPERTIES_H

#include "stream.h"

extern const Property socket_properties[];
int socket_descriptor(const Stream *s); /* -1: there is none */

#endif
