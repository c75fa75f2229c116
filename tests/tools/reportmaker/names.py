"""Services as the country has them: names with 'and', commas, saints, hyphens and quotes."""

from random import Random

HARD = (
    "Bournemouth, Christchurch and Poole",
    "Conwy and Denbighshire",
    "St. Helens",
    "St Helens",
    "King's Lynn and West Norfolk",
    "Stoke-on-Trent",
    "Blackburn with Darwen",
    "Hammersmith and Fulham",
    "Isle of Wight",
    "Southend-on-Sea",
    "Rhondda Cynon Taf",
    "Cornwall and the Isles of Scilly",
    "Gwynedd and Ynys Môn",
    "Kingston upon Hull",
    "Newcastle upon Tyne",
    "Bath and North East Somerset",
    "Tower Hamlets and City of London",
    "Windsor and Maidenhead",
    "Cheshire East, Cheshire West, Halton and Warrington",
    "Monmouthshire and Torfaen",
    "South Tees",
    "East Riding of Yorkshire",
    "Vale of Glamorgan",
    "Telford and Wrekin",
    "Brighton and Hove",
    "Bury and Rochdale",
    "Stockton-on-Tees",
    "Redcar and Cleveland",
)

# Frozen list of the Youth Justice Board's service names (facts only), without those above.
PLAIN = tuple(
    name.strip()
    for name in (
        "Barking and Dagenham; Barnet; Barnsley; Bedfordshire; Bexley; Birmingham; Blackpool; "
        "Blaenau Gwent and Caerphilly; Bolton; Bracknell Forest; Bradford; Brent; Bridgend; "
        "Bristol; Bromley; Buckinghamshire; Calderdale; Cambridgeshire; Camden; Cardiff; "
        "Carmarthenshire; Ceredigion; Coventry; Croydon; Cumbria; Cwm Taf; Darlington; Derby; "
        "Derbyshire; Devon; Doncaster; Dorset; Dudley; Durham; Ealing; East Sussex; Enfield; "
        "Essex; Flintshire; Gateshead; Gloucestershire; Greenwich; Hackney; Hampshire; "
        "Haringey; Harrow; Hartlepool; Havering; Hertfordshire; Hillingdon; Hounslow; "
        "Islington; Kensington and Chelsea; Kent; Kingston and Richmond; Kirklees; Knowsley; "
        "Lambeth; Lancashire; Leeds; Leicester City; Leicestershire; Lewisham; Lincolnshire; "
        "Liverpool; Luton; Manchester; Medway; Merton; Milton Keynes; Neath Port Talbot; "
        "Newham; Newport; Norfolk; North East Lincolnshire; North Lincolnshire; North "
        "Somerset; North Tyneside; North Yorkshire; Northamptonshire; Northumberland; "
        "Nottingham; Nottinghamshire; Oldham; Oxfordshire; Pembrokeshire; Peterborough; "
        "Plymouth; Portsmouth; Powys; Reading; Redbridge; Rotherham; Salford; Sandwell; "
        "Sefton; Sheffield; Slough; Solihull; Somerset; South Gloucestershire; South "
        "Tyneside; Southampton; Southwark; Staffordshire; Stockport; Suffolk; Sunderland; "
        "Surrey; Sutton; Swansea; Swindon; Tameside; Thurrock; Torbay; Trafford; Wakefield; "
        "Walsall; Waltham Forest; Wandsworth; Warwickshire; West Berkshire; West Mercia; West "
        "Sussex; Westminster; Wigan; Wiltshire; Wirral; Wokingham; Wolverhampton; Wrexham; "
        "York "
    ).split(";")
)

# (short form, long form). The short one is what the text calls the service after the first page.
TYPES_2018 = (
    ("YOT", "Youth Offending Team"),
    ("YOS", "Youth Offending Service"),
    ("YJS", "Youth Justice Service"),
    ("YJPS", "Youth Justice and Prevention Service"),
    ("YJSS", "Youth Justice Support Service"),
    ("YSS", "Youth Support Service"),
    ("IYSS", "Integrated Youth Support Service"),
    ("YJT", "Youth Justice Team"),
)
TYPES_2012 = (("YOT", "Youth Offending Team"), ("YOS", "Youth Offending Service"))
TYPES_2025 = (("YJS", "Youth Justice Service"), *TYPES_2018)


def draw_name(rng: Random) -> str:
    """Draw a service: a hard name, a plain one, or a pair that might merge tomorrow."""
    kind = rng.random()
    if kind < 0.45:
        return rng.choice(HARD)
    if kind < 0.9:
        return rng.choice(PLAIN)
    first, second = rng.sample([name for name in PLAIN if " and " not in name], 2)
    return f"{first} and {second}"


def other_name(rng: Random, name: str) -> str:
    """Draw a second service that shares no word with the first: neither reads as the other."""
    words = set(name.replace(",", "").split())
    while True:
        other = rng.choice(PLAIN)
        if not words & set(other.split()) and " and " not in other:
            return other
