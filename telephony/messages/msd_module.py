"""The ASN.1 of the minimum set of data, versions 1 to 3 (EN 15722:2011, 2015, 2020), for UPER. Pure data.

Version 1 lays the message straight behind its number; versions 2 and 3 put it into an octet string, so that the number
can be read whatever follows. Version 3 knows more vehicles and always brings both recent positions. An object
identifier relative to a root is written in UPER as an octet string is, and stands here as one.
"""

MODULE = """
SiagaMsd DEFINITIONS AUTOMATIC TAGS ::= BEGIN

-- the envelopes ----------------------------------------------------------------------------------
First ::= SEQUENCE { msdVersion INTEGER (0..255), msd MessageOne }
Envelope ::= SEQUENCE { msdVersion INTEGER (0..255), msd OCTET STRING }

MessageOne ::= SEQUENCE { msdStructure BodyOne, optionalAdditionalData Additional OPTIONAL, ... }
MessageTwo ::= SEQUENCE { msdStructure BodyTwo, optionalAdditionalData Additional OPTIONAL, ... }
MessageThree ::= SEQUENCE { msdStructure BodyThree, optionalAdditionalData Additional OPTIONAL, ... }

-- what each version holds ------------------------------------------------------------------------
BodyOne ::= SEQUENCE {
    messageIdentifier INTEGER (0..255), control ControlOld, vehicleIdentificationNumber Vin,
    vehiclePropulsionStorageType StorageOne, timestamp INTEGER (0..4294967295), vehicleLocation Place,
    vehicleDirection INTEGER (0..255), recentVehicleLocationN1 Delta OPTIONAL,
    recentVehicleLocationN2 Delta OPTIONAL, numberOfPassengers INTEGER (0..255) OPTIONAL, ... }

BodyTwo ::= SEQUENCE {
    messageIdentifier INTEGER (0..255), control ControlOld, vehicleIdentificationNumber Vin,
    vehiclePropulsionStorageType Storage, timestamp INTEGER (0..4294967295), vehicleLocation Place,
    vehicleDirection INTEGER (0..255), recentVehicleLocationN1 Delta OPTIONAL,
    recentVehicleLocationN2 Delta OPTIONAL, numberOfPassengers INTEGER (0..255) OPTIONAL, ... }

BodyThree ::= SEQUENCE {
    messageIdentifier INTEGER (0..255), control Control, vehicleIdentificationNumber Vin,
    vehiclePropulsionStorageType Storage, timestamp INTEGER (0..4294967295), vehicleLocation Place,
    vehicleDirection INTEGER (0..255), recentVehicleLocationN1 Delta, recentVehicleLocationN2 Delta,
    numberOfPassengers INTEGER (0..255) OPTIONAL, ... }

-- their parts ------------------------------------------------------------------------------------
ControlOld ::= SEQUENCE {
    automaticActivation BOOLEAN, testCall BOOLEAN, positionCanBeTrusted BOOLEAN, vehicleType KindOld }
Control ::= SEQUENCE {
    automaticActivation BOOLEAN, testCall BOOLEAN, positionCanBeTrusted BOOLEAN, vehicleType Kind }

KindOld ::= ENUMERATED { m1, m2, m3, n1, n2, n3, l1e, l2e, l3e, l4e, l5e, l6e, l7e, ... }
Kind ::= ENUMERATED { m1, m2, m3, n1, n2, n3, l1e, l2e, l3e, l4e, l5e, l6e, l7e, o, r, s, t, g, sa, sb, sc, sd,
                      other, ... }

Vin ::= SEQUENCE {
    isowmi PrintableString (SIZE (3)) (FROM ("A".."H" | "J".."N" | "P" | "R".."Z" | "0".."9")),
    isovds PrintableString (SIZE (6)) (FROM ("A".."H" | "J".."N" | "P" | "R".."Z" | "0".."9")),
    isovisModelyear PrintableString (SIZE (1)) (FROM ("A".."H" | "J".."N" | "P" | "R".."Z" | "0".."9")),
    isovisSeqPlant PrintableString (SIZE (7)) (FROM ("A".."H" | "J".."N" | "P" | "R".."Z" | "0".."9")) }

StorageOne ::= SEQUENCE {
    gasoline BOOLEAN DEFAULT FALSE, diesel BOOLEAN DEFAULT FALSE, cng BOOLEAN DEFAULT FALSE,
    lpg BOOLEAN DEFAULT FALSE, electric BOOLEAN DEFAULT FALSE, hydrogen BOOLEAN DEFAULT FALSE, ... }
Storage ::= SEQUENCE {
    gasoline BOOLEAN DEFAULT FALSE, diesel BOOLEAN DEFAULT FALSE, cng BOOLEAN DEFAULT FALSE,
    lpg BOOLEAN DEFAULT FALSE, electric BOOLEAN DEFAULT FALSE, hydrogen BOOLEAN DEFAULT FALSE,
    other BOOLEAN DEFAULT FALSE, ... }

Place ::= SEQUENCE {
    positionLatitude INTEGER (-2147483648..2147483647), positionLongitude INTEGER (-2147483648..2147483647) }
Delta ::= SEQUENCE { latitudeDelta INTEGER (-512..511), longitudeDelta INTEGER (-512..511) }
Additional ::= SEQUENCE { oid OCTET STRING, data OCTET STRING }

END
"""
