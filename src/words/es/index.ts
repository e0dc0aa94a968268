/**
 * Spanish: tuteo, neutral, short sentences. The terms, so that every file uses the same ones:
 *
 * - door puerta, lamp farol (encendido, apagado), window ventana, parcel paquete, postcard postal, item envío, papers papeles,
 *   desk mostrador, label etiqueta, envelope sobre, stamp sello, plate placa, bricked up tapiada, entrance entrada, staff
 *   entrance entrada de servicio, gatehouse garita, porter portero, floor planta, board tablón, pigeonhole casilla, shift turno
 * - listener socket en escucha, connection conexión, segment segmento, datagram datagrama, ephemeral port puerto efímero,
 *   well-known port puerto conocido, source and destination de origen y de destino, five-tuple 5-tupla, header cabecera, payload
 *   carga útil, wildcard dirección comodín, bind asociar, refuse rechazar, drop descartar, port unreachable puerto inalcanzable
 * - firewall, host, kernel, router, target, Service, hairpin stay; rule regla, chain cadena, policy política, connection
 *   tracking seguimiento de conexiones, port forwarding reenvío de puertos, load balancer balanceador de carga, scan escaneo
 * - stranger desconocido, mapping traducción, probe sonda, by default por defecto, exchange (ends) intercambiar, what a tool prints
 *   lo que muestra; deck mazo, question set serie
 * - Protocol tokens, tool output, flags, options, errno names, commands and addresses stay as they are.
 */
import type { Words } from '..'
import { capture } from './capture'
import { home } from './home'
import { levels } from './levels'
import { nav } from './nav'
import { number, share } from './number'
import { result } from './result'
import { settings } from './settings'
import { shift } from './shift'
import { stage } from './stage'

export const es: Words = { number, share, nav, home, settings, capture, shift, stage, result, levels }
