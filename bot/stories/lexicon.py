"""A small trade lexicon: words of three languages that mean one thing, and words that mean little.

`_CONCEPTS` lets English, Spanish and French reports of one event meet: each line names a concept
and the folded words for it. `_FUNCTION` and `_COMMON` hold words that occur in any report; they
weigh nothing or little. The lists are written by hand for this project and are frozen: a weight
never depends on what was read before, so that a story comes out the same on every worker.
"""

from functools import cache

_CONCEPTS = """
tariff: tariff tariffs arancel aranceles arancelario arancelaria arancelarios arancelarias tarif tarifs tarifaire tarifaires gravamen gravamenes levy levies surtax surtaxes surtaxe surtasa sobretasa
duty: duty duties droit droits impuesto impuestos derechos
import: import imports imported importers importacion importaciones importados importadas importador importadores importations importation importes importees importateurs
export: export exports exported exporters exportacion exportaciones exportadores exportations exportation exportateurs
trade: trade comercio comercial comerciales commerce commercial commerciale commerciaux commerciales
steel: steel acero siderurgico siderurgica siderurgicos acier aciers siderurgie siderurgique
aluminum: aluminum aluminium aluminio
copper: copper cobre cuivre
lumber: lumber timber softwood madera maderas bois oeuvre
dairy: dairy milk lacteo lacteos leche laitier laitiers laitiere lait cheese queso fromage
tomatoes: tomato tomatoes tomate tomates jitomate jitomates
beef: beef cattle ganado bovino bovinos carne res boeuf betail bovins
corn: corn maize maiz mais
sugar: sugar azucar sucre
avocado: avocado avocados aguacate aguacates avocat avocats
potash: potash potasa potasse
autos: auto autos car cars automobile automobiles automotive automotriz automotrices automovil automoviles carmakers automakers armadoras constructeurs vehiculo vehiculos vehicle vehicles vehicule vehicules voiture voitures automobile
trucks: truck trucks camion camiones camions
part: parts autopartes autopartera autoparteras equipementier equipementiers autopieces pieces piezas
semiconductors: semiconductor semiconductors chip chips semiconductores semiconducteur semiconducteurs puces
pharma: pharmaceutical pharmaceuticals drug drugs medicine medicines farmaceutico farmaceuticos medicamento medicamentos pharmaceutique pharmaceutiques medicaments
textiles: textile textiles textil textileros yarn hilado hilados fil
apparel: apparel garment garments clothing vestido prendas ropa vetements
footwear: footwear shoes calzado chaussures
critical_minerals: mineral minerals minerales mineraux minerai minerais
oil: oil crude petroleo crudo petrole brut
natural_gas: gas natural gaz
electricity: electricity power electricidad electricite
grain: grain grains grano granos cereales cereales
wheat: wheat trigo ble
pork: pork cerdo porc
poultry: poultry chicken pollo volaille poulet
seafood: fish seafood pescado mariscos poisson
wine: wine wines vino vinos vin vins
spirits: spirits whiskey whisky bourbon licores spiritueux
appliances: appliance appliances electrodomesticos electromenagers
furniture: furniture cabinets muebles meubles
paper: paper papel papier
fertilizer: fertilizer fertilizers fertilizante fertilizantes engrais
batteries: battery batteries bateria baterias batterie
solar: solar solares solaire solaires
ships: ship ships vessel vessels buque buques navire navires
port: port ports puerto puertos
border: border frontera fronterizo fronteriza frontiere frontalier
customs: customs aduana aduanas aduanero aduanera aduaneros douane douanes douanier douaniere
panel: panel panels grupo
dispute: dispute disputes controversia controversias differend differends
ruling: ruling ruled fallo fallaron decision resolucion
court: court corte tribunal tribunals tribunales cour
judge: judge judges juez jueces juge juges
appeal: appeal appeals apelacion apelaciones appel
review: review reviews revision revisiones examen
extension: extension extended prorroga prolongation
hearing: hearing hearings audiencia audiencias audience audiences
comment: comment comments comentarios commentaires
deadline: deadline deadlines plazo fecha delai
retaliate: retaliation retaliatory retaliate represalia represalias represailles riposte
suspend: suspend suspended suspends suspension suspende suspendio suspender suspension suspendu suspendre suspend
pause: pause paused pausa pausar
impose: impose imposes imposed imposing impone impuso imponer imponen impose imposer imposent
raise: raise raises raised increase increases increased aumenta aumento aumentar sube eleva elevar hausse augmente augmentation releve
lower: lower lowers lowered cut cuts reduce reduces reduced reduction reduccion rebaja baja reduit baisse reduction
remove: remove removes removed lift lifts lifted scrap elimina eliminar retira levanta supprime supprimer leve
threat: threat threatens threatened threaten amenaza amenazo amenazas menace menaces
announce: announce announces announced anuncia anuncio anunciado annonce annoncent
agreement: agreement deal pact accord acuerdo pacto tratado treaty traite entente
quota: quota quotas cupo cupos contingent contingents contingente contingentes
dumping: dumping antidumping
subsidy: subsidy subsidies countervailing subsidio subsidios compensatoria compensatorias cuotas subvention subventions compensateurs compensateur
investigation: investigation investigations probe inquiry investigacion investigaciones enquete enquetes
origin: origin origen origine
labor: labor labour laboral laborales travail travailleurs workers trabajadores obreros
union: union sindicato sindical syndicat syndicats
plant: plant plants factory planta plantas fabrica usine usines
wage: wage wages salario salarios salaire salaires
strike: strike strikes huelga greve
exemption: exemption exemptions exempt exempted exencion exenciones exento exentos exclusion exclusions exclusiones
minister: minister ministro ministra ministros ministre ministres ministers
secretary: secretary secretario secretaria secretaire
president: president presidente presidenta presidente
government: government gobierno gouvernement
senate: senate senado senat
congress: congress congreso congres
industry: industry industria industrie industries
company: company companies empresa empresas entreprise entreprises
talks: talks negotiations negotiation negociaciones negociacion pourparlers negociations dialogo
meeting: meeting meetings meet meets met reunion reuniones reunen reuniran encuentro rencontre rencontres summit cumbre sommet
order: order decree proclamation orden decreto proclama decret proclamation arrete
rule: rule rules regla reglas regle regles regulation regulations reglamento reglement norma normas
tax: tax taxes taxe taxes
usmca: usmca cusma tmec aceum
week: week semana semaine
month: month months mes meses mois
year: year years ano anos an annees annee
billion: billion billions millardos milliards
million: million millions millones
inspection: inspection inspections inspeccion inspecciones
shipment: shipment shipments cargo envio envios cargamento expedition expeditions cargaison
parcels: parcel parcels package packages paquete paquetes colis minimis
refund: refund refunds reembolso reembolsos remboursement remboursements devolucion
digital: digital digitales numerique numeriques streaming cloud
farmer: farmer farmers growers producers agricultores productores producteurs agriculteurs
warning: warns warned warning advierte advirtio alerta avertit
consultation: consultation consultations consulta consultas
investment: investment inversion investissement
screwworm: screwworm gusano barrenador lucilie
drought: drought sequia secheresse
water: water agua eau
rail: rail railway ferrocarril ferroviario chemin ferroviaire
seize: seize seized decomisa decomiso saisie saisit
forced: forced forzado forzoso force
rebar: rebar rebars varilla varillas
wire_harness: harness harnesses arnes arneses faisceau faisceaux
calves: calf calves becerro becerros veau veaux feeder
livestock: livestock ganadero ganadera ganaderos ganaderas eleveur eleveurs rancher ranchers
motorcycles: motorcycle motorcycles motorbike motorbikes motocicleta motocicletas motos motocyclettes
alcohol: alcohol alcool liquor licor alcools
ban: ban bans banned banning veto vetos prohibicion prohibiciones prohibe prohibir prohibio interdiction interdictions interdit interdire prohibition prohibitions
arbitration: arbitration arbitraje arbitrage arbitrators arbitrator arbitre arbitres arbitros
arrest: arrest arrested arrests detencion detenido detenidos arrestation
smelter: smelter smelters fundidora fundicion aluminerie alumineries
sawmill: sawmill sawmills aserradero aserraderos scierie scieries
mill: mill mills aceria acerias acieries acierie
mine: mine mines mina minas miniere minero mineria mining
lithium: lithium litio
nickel: nickel niquel
graphite: graphite grafito
magnets: magnet magnets iman imanes aimant aimants
uranium: uranium uranio
cement: cement cemento ciment
glass: glass vidrio verre
tires: tire tires tyre tyres llantas neumaticos pneu pneus
buses: bus buses autobus autobuses autocar autocars
trailers: trailer trailers remolque remolques semirremolque semirremolques remorque remorques
pipes: pipe pipes tube tubes tubing tuberia tuberias tubo tubos tuyau tuyaux
bolts: bolt bolts screw screws fastener fasteners tornillo tornillos boulon boulons vis
wire_rod: rod alambron machine
plates: plate plates placa placas plaque plaques
sheets: sheet sheets lamina laminas tole toles
toys: toy toys juguete juguetes jouet jouets
bicycles: bicycle bicycles bike bikes bicicleta bicicletas velo velos
drones: drone drones dron
robots: robot robots
cabinets: cabinet gabinete gabinetes armoire armoires vanity vanities tocador tocadores
flowers: flower flowers roses rosas carnation carnations claveles flor flores fleur fleurs
berries: berry berries blueberry blueberries strawberry strawberries fresa fresas arandano arandanos fraise fraises bleuet bleuets
peppers: pepper peppers pimiento pimientos chile chiles piment piments poivron poivrons
cucumbers: cucumber cucumbers pepino pepinos concombre concombres
potatoes: potato potatoes papa papas pomme pommes
apples: apple apples manzana manzanas
canola: canola colza
soybeans: soybean soybeans soy soya soja
barley: barley cebada orge
beans: bean beans frijol frijoles haricot haricots lentil lentils lenteja lentejas lentilles
peas: pea peas chicharo chicharos guisante guisantes pois
rice: rice arroz riz
coffee: coffee cafe cafes
honey: honey miel
eggs: egg eggs huevo huevos oeuf oeufs
ethanol: ethanol etanol
lobster: lobster lobsters langosta langostas homard homards
crab: crab crabs cangrejo jaiba crabe crabes
tuna: tuna atun thon
shrimp: shrimp shrimps camaron camarones crevette crevettes
beer: beer beers cerveza cervezas biere bieres brewers
tequila: tequila tequilas agave
maple: maple arce erable
orange_juice: juice jugo jus
leather: leather cuero cuir
plastics: plastic plastics plastico plasticos plastique plastiques
wood_panels: plywood contrachapado contreplaque
pulp: pulp celulosa pate
engines: engine engines motor motores moteur moteurs
aircraft: aircraft airplane airplanes plane planes jet jets avion aviones avions aeronave aeronaves aeronautique aerospace aeroespacial aerospatiale
pipeline: pipeline pipelines oleoducto oleoductos gasoducto gasoductos oleoduc oleoducs
broker: broker brokers agente agentes courtier courtiers filer filers
outage: outage outages panne pannes falla apagon caida
bridge: bridge bridges puente puentes pont ponts
crossing: crossing crossings cruce cruces passage passages poste
queue: queue queues line lines fila filas file files
carriers: trucker truckers carrier carriers transportista transportistas camionneur camionneurs transporteur transporteurs
warehouse: warehouse warehouses almacen almacenes bodega bodegas entrepot entrepots
evasion: evasion evade evaded evading evadir evadido contourner contournement circumvention elusion
fraud: fraud fraudulent fraude fraudes frauduleux
fine: fine fined penalty penalties multa multas amende amendes sancion sanciones sanction
lawsuit: lawsuit lawsuits sue sues sued suing demanda demandas demando poursuite poursuites poursuit plainte
complaint: complaint complaints petition petitions queja quejas denuncia denuncias plaintes requete
layoffs: layoff layoffs laid fired despido despidos despedidos despide recorte mise licenciement licenciements licencie conge congedie congedies
jobs: job jobs empleo empleos emploi emplois puesto puestos
closure: close closes closed closing closure cierra cierran cierre cerrar cerro ferme ferment fermeture fermer
reopen: reopen reopens reopened reopening reabre reabren reapertura rouvre rouvrent reouverture
resume: resume resumes resumed reanuda reanudan reanudacion reprend reprennent reprise
postpone: postpone postpones postponed delay delays delayed aplaza aplazan aplazo pospone pospuso reporte reportee retarde
withdraw: withdraw withdraws withdrawal withdrew retire retrait retiro
approve: approve approves approved approval aprueba aprueban aprobo aprobacion approuve approuvent approbation
reject: reject rejects rejected rejection rechaza rechazan rechazo rejette rejettent rejet
sign: sign signs signed signing firma firman firmo signe signent signature
fund: fund funds funding fondo fondos fonds aid ayuda aide
loan: loan loans lend prestamo prestamos pret prets preter
price: price prices precio precios prix
shortage: shortage shortages escasez penurie penuries
inflation: inflation inflacion
supplier: supplier suppliers proveedor proveedores fournisseur fournisseurs
manufacturer: manufacturer manufacturers manufacturing fabricante fabricantes manufactura fabricant fabricants manufacturier manufacturiers
retailer: retailer retailers minorista minoristas detallista detaillant detaillants
chamber: chamber camara chambre
association: association asociacion federation federacion confederation confederacion
ministry: ministry ministerio ministere department departamento departement
commission: commission comision
province: province provinces provincia provincias
governor: governor governors gobernador gobernadora gouverneur gouverneure
ambassador: ambassador embajador embajadora ambassadeur ambassadrice
envoy: envoy envoys negotiator negotiators negociador negociadora negociadores negociateur negociatrice negociateurs
chapter: chapter chapters capitulo capitulos chapitre chapitres
clause: clause clauses clausula clausulas
certificate: certificate certificates certification certificado certificados certificacion certificat certificats
content: content contenido contenu teneur
preliminary: preliminary preliminarily preliminar preliminares preliminaire preliminaires
final: final definitive definitivo definitiva definitivos definitivas definitif definitifs
margin: margin margins margen margenes marge marges
determination: determination determines determined determinacion determina
emergency: emergency emergencia urgence
security: security seguridad securite
national: national nacional nationale nacionales nationaux
fentanyl: fentanyl fentanilo
migrants: migrant migrants migrante migrantes
list: list lists lista listas liste listes
annex: annex anexo annexe
product: product products goods producto productos mercancia mercancias bienes produit produits marchandise marchandises
license: license licenses licence licences licencia licencias permit permits permiso permisos permis
safeguard: safeguard safeguards salvaguardia salvaguarda salvaguardias sauvegarde
expire: expire expires expired expiry vence vencen vencio vencimiento expira expiration
renew: renew renews renewed renewal renueva renovar renovacion renouvelle renouveler renouvellement
ally: ally allies aliado aliados allie
washers: washer washers washing lavadora lavadoras laveuse laveuses
refrigerators: refrigerator refrigerators fridge fridges refrigerador refrigeradores refrigerateur refrigerateurs
seats: seat seats asiento asientos siege sieges
onions: onion onions cebolla cebollas oignon oignons
garlic: garlic ajo ajos ail
mangoes: mango mangos mangoes mangue mangues
grapes: grape grapes uva uvas raisin raisins
bananas: banana bananas platano platanos banane bananes
nuts: nuts almond almonds walnut walnuts pistachio pistachios nuez nueces almendra almendras pistache pistaches noix amande amandes
salmon: salmon saumon
pest: pest pests plaga plagas ravageur ravageurs
container: container containers contenedor contenedores conteneur conteneurs
flight: flight flights vuelo vuelos vol vols
lane: lane lanes carril carriles voie voies
vote: vote votes voted voting voto votos votacion votar voteront scrutin
coercion: coerced coerce coercion coaccion coaccionados contrainte
injury: injury injured dano danos prejudice
margin: margin margins margen margenes marge marges
deposit: deposit deposits deposito depositos depot depots
galvanized: galvanized galvanizada galvanizado galvanise galvanisee
coils: coil coils rollo rollos bobine bobines
blockade: blockade blockades blocked bloqueo bloqueos bloquean blocus barrage barrages
highway: highway highways road carretera carreteras route autoroute
smuggling: smuggling smuggled smugglers contrabando contrebande
counterfeit: counterfeit counterfeits fakes pirateria falsificados contrefacon contrefacons contrefaits
cost: cost costs costo costos cout couts
sales: sale sales venta ventas vente ventes
output: output production produccion
rate: rate rates tasa tasas taux
double: double doubles doubled doubling duplica duplicar duplico duplicara doubler doublent doublera
food: food foods alimento alimentos alimentaire alimentaires aliments
label: label labels labeling labelling etiqueta etiquetas etiquetado etiquette etiquettes etiquetage
seal: seal seals sello sellos sceau sceaux
code: code codes codigo codigos
form: form forms formulario formularios formato formatos formulaire formulaires
electronic: electronic electronico electronica electronicos electronicas electronique electroniques
system: system systems sistema sistemas systeme systemes
data: data datos donnees
audit: audit audits audited auditoria auditorias verification verifications verificacion
ambassador: ambassador embassy embajador embajadora embajada ambassadeur ambassadrice ambassade
letter: letter letters carta cartas lettre lettres
boycott: boycott boycotts boicot boicots boycottage
store: store stores retailer retailers tienda tiendas magasin magasins detaillant detaillants
shelves: shelf shelves anaquel anaqueles tablettes rayons
compliance: comply compliance complies cumplimiento cumplir cumplen conformite conformer
platform: platform platforms plataforma plataformas plateforme plateformes
"""

_FUNCTION = """
a about above after again against all also although am among an and another any are as at away back be became because been before being below between both but by came can cannot could did do does doing done down during each either else even ever every few first for from further get gets got had has have having he her here hers herself him himself his how however i if in including into is it its itself just last least less let like made make many may me might mine more most much must my near next no nor not now of off often on once one only onto or other others our out over own per quite rather really s said same say says second see seen several shall she should since so some still such t take than that the their them themselves then there these they this those though three through thus to together told too toward two under until up upon us very via was we well went were what when where whether which while who whom whose why will with within without would yet you your
al algo algun alguna algunos ante antes asi aun aunque bajo bien cada casi como con contra cual cuales cuando cuya cuyo de del desde dice dijo donde dos durante e el ella ellas ellos en entre era eran es esa ese eso esta estaba estan estar este esto estos fue fueron ha habia hace hacia han hasta hay la las le les lo los mas me mediante menos mi mientras mismo misma muy ni no nos nuestro o otra otras otro otros para pero poco por porque pues que quien se sea segun ser sera seran si sido sin sino sobre solo son su sus tal tambien tan tanto te tener tiene tienen toda todas todo todos tras tres tu un una unas uno unos y ya
afin ai ainsi alors apres au aucun aussi autre autres aux avant avec avoir car ce ceci cela celle celui ces cet cette chez ci comme d dans de depuis des deux doit dont du elle elles en encore entre est et etaient etait etant ete etre eux fait font il ils je l la le les leur leurs lors lui mais meme mes moins mon n ne ni non nos notre nous on ont ou par pas pendant peu plus pour pourrait pres qu quand que quel quelle qui quoi sa sans se selon sera seront ses si sien son sont sous sur ta tel tous tout toute toutes tres trois un une vers voici vont vos votre vous y
eu ee uu eeuu eua usa ue united unidos estados unis etats
"""

_COMMON = """
according added adding ago agency agencies already announce area around asked began begin begins believe best better big bring brought call called calls case change changes city come comes coming country countries date day days decision early effect end ending ends expected face faces fact far five following former found four friday full gave general give given gives go goes going good government great group half hand head held help high hit home hope hour hours house including international issue issued keep key killed knew know known large late later latest lead leader leading leave left life likely line little live local long look lot major making man march matter means member members men minutes moment monday month months morning move national need needs never new news night nothing number office official officials old open part past people person place plan plans point possible present public put question reach read ready reason recent recently release released report reported reports right role run running saturday saw saying seems sent series service set seven shared show shows side sign six small soon source sources spokesman spokeswoman start started state statement states step story sunday support taken taking team tell thing things think third thought thousand thousands thursday time times today told tonight took top total tried trying tuesday turn understand update use used using wanted want wants way wednesday week weeks woman women word words work working world year years yesterday young
january february april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miercoles jueves viernes sabado domingo ano dia dias hoy ayer manana nuevo nueva nuevos nuevas pais paises gobierno parte partir fecha hora horas informo senalo explico agrego ademas dar decir hacer ir ver vez veces gran grande mayor mejor primer primera ultimo ultima proximo proxima presente publicado publico entra entrada vigor medida medidas
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche jour jours hier demain nouveau nouvelle nouveaux nouvelles pays gouvernement partie date heure heures indique precise ajoute dire faire aller voir fois grand grande premier premiere dernier derniere prochain prochaine public publie entree entre vigueur mesure mesures aujourd hui
washington ottawa american americans americano americanos americana americanas estadounidense estadounidenses americain americains americaine americaines
"""
_SECTORS = """
steel aluminum copper lumber dairy tomatoes beef corn sugar avocado potash autos trucks
semiconductors pharma textiles apparel footwear critical_minerals oil electricity wheat pork poultry
seafood wine spirits appliances furniture fertilizer batteries solar ships digital
"""

_MONTHS = """
january jan enero janvier
february feb febrero fevrier
march mar marzo mars
april apr abril avril
may mayo mai
june jun junio juin
july jul julio juillet
august aug agosto aout
september sep sept septiembre septembre
october oct octubre octobre
november nov noviembre novembre
december dec diciembre decembre
"""


@cache
def months() -> dict[str, int]:
    """Return the number of the month that each folded name or short form stands for."""
    lines = enumerate(_MONTHS.strip().splitlines(), start=1)
    return {word: number for number, line in lines for word in line.split()}


@cache
def concepts() -> dict[str, str]:
    """Return the concept of each folded word, marked with ``=`` so that it is no word itself."""
    found: dict[str, str] = {}
    for line in _CONCEPTS.strip().splitlines():
        name, _, words = line.partition(":")
        for word in words.split():
            found.setdefault(word, f"={name}")
    return found


@cache
def sectors() -> dict[str, str]:
    """Return the goods among the concepts, by folded word, without the mark."""
    wanted = frozenset(_SECTORS.split())
    return {word: name[1:] for word, name in concepts().items() if name[1:] in wanted}


@cache
def function_words() -> frozenset[str]:
    """Return words of grammar in three languages; they weigh nothing."""
    return frozenset(_FUNCTION.split())


@cache
def common_words() -> frozenset[str]:
    """Return words that any report may hold, weekdays and months among them; they weigh little."""
    return frozenset(_COMMON.split())
