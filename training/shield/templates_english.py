"""English as a French firm meets it: mail, chat, lists, CSV, HR, support, code review."""

TEMPLATES: list[tuple[str, str, str]] = [
    (
        "en",
        "mail",
        (
            "Dear Ms {LAST},\n"
            "\n"
            "Thank you for your order {REF}. Our sales manager, {FULL}, will contact you shortly regarding delivery to {PLACE}.\n"
            "\n"
            "Kind regards,\n"
            "{FULL}\n"
            "Customer Care, {ORG}"
        ),
    ),
    (
        "en",
        "mail",
        (
            "Hi {FIRST},\n"
            "\n"
            "Just following up on the quote I sent last week. {FIRST} mentioned that you might need two extra licences for {PRODUCT}.\n"
            "\n"
            "Best,\n"
            "{FIRST}"
        ),
    ),
    (
        "en",
        "mail",
        (
            "From: {FULL} <{EMAIL}>\n"
            "To: {FULL} <{EMAIL}>\n"
            "Cc: {FULL}; {FULL}\n"
            "Subject: Re: Kick-off in Lyon\n"
            "\n"
            "All,\n"
            "{FIRST} and I will land on Monday evening. Could {LAST} book the meeting room?\n"
            "Thanks"
        ),
    ),
    (
        "en",
        "mail",
        (
            "Dear Mr. {LAST} and Ms. {LAST},\n"
            "\n"
            "We regret to inform you that flight AF 1234 to Nice has been cancelled.\n"
            "\n"
            "Yours sincerely,\n"
            "{ORG} Customer Relations"
        ),
    ),
    (
        "en",
        "mail",
        (
            "Hello {FULL},\n"
            "\n"
            "Please find attached the signed NDA. Our legal counsel, {FULL}, asked whether {ORG} could countersign before Friday.\n"
            "\n"
            "Regards,\n"
            "{INIT}"
        ),
    ),
    (
        "en",
        "mail",
        (
            "Hi both,\n"
            "\n"
            "{FIRST}, meet {FIRST}, who runs procurement at {ORG}. {FIRST}, meet {FIRST}, our account manager for Benelux.\n"
            "\n"
            "Cheers,\n"
            "{FIRST}"
        ),
    ),
    (
        "en",
        "mail",
        (
            "On {DATE}, {FULL} wrote:\n"
            "> Hi {FIRST},\n"
            "> Is the invoice correct?\n"
            "\n"
            "Yes it is. I've copied {FULL} from Finance."
        ),
    ),
    (
        "en",
        "mail",
        (
            "Dear {FIRST},\n"
            "\n"
            "I'm writing on behalf of Professor {LAST}, who is unable to attend the Florence workshop. Dr {LAST} will take her place.\n"
            "\n"
            "Warm regards,\n"
            "{FULL}\n"
            "Executive Assistant"
        ),
    ),
    (
        "en",
        "mail",
        (
            "Dear Sir or Madam,\n"
            "\n"
            "I am writing to complain about the service I received from your engineer, Mr {LAST}, on {DATE}.\n"
            "\n"
            "Yours faithfully,\n"
            "{FULL_F}"
        ),
    ),
    (
        "en",
        "mail",
        "Out of office: I'm on leave until {DATE}. For urgent matters contact {FULL} ({EMAIL}) or {FIRST} on the service desk.",
    ),
    (
        "en",
        "mail",
        (
            "Morning {FIRST},\n"
            "can you ask {FIRST} to resend the spec? Mine is corrupted.\n"
            "Ta,\n"
            "{FIRST}"
        ),
    ),
    (
        "en",
        "mail",
        (
            "Team,\n"
            "\n"
            "Please join me in welcoming {FULL#a}, our new {JOB}. {FIRST#a} joins us from {ORG} and will report to {FULL}.\n"
            "\n"
            "{FULL}\n"
            "HR Director"
        ),
    ),
    (
        "en",
        "mail",
        (
            "Sent from my iPhone\n"
            "\n"
            "> Begin forwarded message:\n"
            "> From: {FULL}\n"
            "> Subject: Keys\n"
            "\n"
            "Keys are with {FIRST} at reception."
        ),
    ),
    (
        "en",
        "mail",
        ("Best regards,\n\n{FULL}\nHead of Operations | {ORG}\nT: {PHONE} | {EMAIL}"),
    ),
    (
        "en",
        "mail",
        ("Dear Mrs {DOUBLE},\n\nThank you for letting us know about the change of name."),
    ),
    (
        "en",
        "mail",
        (
            "Hi Mr {=O'Connor},\n"
            "\n"
            "{=Nguyễn Thị Minh} from our Hanoi office and {=Paweł Zieliński} from Gdańsk will join the call, along with {=Youssef El Idrissi}.\n"
            "\n"
            "Thanks,\n"
            "{=Beatriz Carvalho}"
        ),
    ),
    (
        "en",
        "mail",
        (
            "{FIRST},\n"
            "\n"
            "No news from {LAST}? If {ORG} don't reply by Friday, escalate to {FULL}.\n"
            "\n"
            "{FIRST_I}"
        ),
    ),
    (
        "en",
        "mail",
        (
            "Dear Team Leader,\n"
            "Per {INIT}'s request, {FIRST}'s access to {PRODUCT} was revoked and {FULL}'s was extended."
        ),
    ),
    (
        "en",
        "mail",
        "Hi {FIRST}, hope you're well. Quick one: does {FIRST} still own the {PRODUCT} dashboard, or is it {FIRST} now?",
    ),
    (
        "en",
        "mail",
        ("Please send my regards to {FIRST} and the kids.\n\nYours,\n{FIRST}"),
    ),
    (
        "en",
        "chat",
        "hey {first_low} you around?",
    ),
    (
        "en",
        "chat",
        "{first_low} can u approve my PR pls",
    ),
    (
        "en",
        "chat",
        "lol {first_low} broke prod again",
    ),
    (
        "en",
        "chat",
        "ask {full_low} hes the one with the keys",
    ),
    (
        "en",
        "chat",
        "brb talking to {first_low}",
    ),
    (
        "en",
        "chat",
        "@{first_low} @{first_low} standup in 5",
    ),
    (
        "en",
        "chat",
        (
            "[14:02] {FULL}: pushed the fix\n"
            "[14:03] {FULL}: thanks {FIRST}!\n"
            "[14:05] {FULL}: {FIRST} can you test?"
        ),
    ),
    (
        "en",
        "chat",
        "thx {first_low}!! ur a star",
    ),
    (
        "en",
        "chat",
        "is {full_low} still at {ORG} ?",
    ),
    (
        "en",
        "chat",
        "anyone seen {FIRST} today?",
    ),
    (
        "en",
        "chat",
        ("{FIRST}: lunch?\n{FIRST}: sure, is {FIRST} coming?\n{FIRST}: dunno"),
    ),
    (
        "en",
        "chat",
        "hi im {full_low} and i cant log in to my account",
    ),
    (
        "en",
        "chat",
        "my name is {full_low}, order {REF}, where is it??",
    ),
    (
        "en",
        "chat",
        "yo {first_low} did {first_low} send you the deck",
    ),
    (
        "en",
        "chat",
        "pinging {FIRST} and {FIRST} for visibility",
    ),
    (
        "en",
        "chat",
        "{first_low} is ooo till monday, ping {first_low} instead",
    ),
    (
        "en",
        "chat",
        "gm {first_low}",
    ),
    (
        "en",
        "chat",
        "ok {FIRST}, let's do 3pm then",
    ),
    (
        "en",
        "chat",
        (
            "Agent: Hi, you're chatting with {FIRST}.\n"
            "Customer: hi {first_low}, it's {full_low}\n"
            "Agent: Thanks {FIRST}, one moment."
        ),
    ),
    (
        "en",
        "chat",
        "sorry wrong {first_low} lol, meant {first_low} from sales",
    ),
    (
        "en",
        "chat",
        "{FULL} set the channel topic: Q3 launch",
    ),
    (
        "en",
        "chat",
        "{FULL} joined the meeting. {FULL} left the meeting.",
    ),
    (
        "en",
        "chat",
        "cc {FIRST} {FIRST} {FIRST}",
    ),
    (
        "en",
        "chat",
        "tell {first_low} that mr {last_low} from the bank called",
    ),
    (
        "en",
        "chat",
        "happy bday {first_low} 🎂",
    ),
    (
        "en",
        "chat",
        "DM me or {first_low} if u need access",
    ),
    (
        "en",
        "chat",
        "fyi {last_low} said no",
    ),
    (
        "en",
        "list",
        ("Attendees: {FULL}, {FULL}, {FULL}\nApologies: {FULL}, {INIT}\nMinutes: {FIRST}"),
    ),
    (
        "en",
        "list",
        (
            "Action items\n"
            "- {FIRST}: update the risk log\n"
            "- {FIRST} / {FIRST}: call {ORG}\n"
            "- {LAST}: sign off budget by {DATE}"
        ),
    ),
    (
        "en",
        "list",
        (
            "Monday: {FIRST}, {FIRST}\n"
            "Tuesday: {FIRST}\n"
            "Wednesday: closed\n"
            "Thursday: {FIRST} and {FIRST}"
        ),
    ),
    (
        "en",
        "list",
        "Present: Mr {LAST} (Chair), Mrs {LAST}, Ms {LAST}, Dr {LAST}",
    ),
    (
        "en",
        "list",
        ("1) {FULL}\n2) {FULL}\n3) {FULL}\n4) TBC"),
    ),
    (
        "en",
        "list",
        ("Shift A – {INIT}, {INIT}, {INIT}\nShift B – {INIT}, {INIT}"),
    ),
    (
        "en",
        "list",
        "Team Blue: {FIRST}, {FIRST}, {FIRST}. Team Green: {FIRST}, {FIRST}, {FIRST}.",
    ),
    (
        "en",
        "list",
        ("CEO: {FULL}\nCFO: {FULL}\nCOO: vacant\nCompany Secretary: {FULL}"),
    ),
    (
        "en",
        "list",
        "Guest list: {FULL} +1, {FULL}, the {LAST} family, {FIRST} & {FIRST}",
    ),
    (
        "en",
        "list",
        ("{first_low} - slides\n{first_low} - demo\n{first_low} - q&a"),
    ),
    (
        "en",
        "list",
        "Distribution: {FULL_REV}; {FULL_REV}; {FULL_REV}",
    ),
    (
        "en",
        "list",
        "On call: {FIRST} (primary), {FIRST} (backup), {FULL} (manager)",
    ),
    (
        "en",
        "list",
        "Interview panel: {FULL} (chair), {FULL}, {FULL} – candidate: {FULL} – room: Florence",
    ),
    (
        "en",
        "list",
        (
            "Speakers\n"
            "09:00 {FULL}, {ORG}\n"
            "09:45 {FULL}, University of Bristol\n"
            "11:00 Panel: {FULL}, {FULL}, {FULL}"
        ),
    ),
    (
        "en",
        "table",
        (
            "first_name,last_name,city\n"
            "{FIRST},{LAST},London\n"
            "{FIRST},{LAST},Paris\n"
            "{FIRST},{LAST},Austin"
        ),
    ),
    (
        "en",
        "table",
        ("Last Name;First Name;Department\n{LAST};{FIRST};Sales\n{LAST};{FIRST};Legal"),
    ),
    (
        "en",
        "table",
        ("id,customer,amount\n1,{FULL},{AMOUNT}\n2,{ORG},{AMOUNT}\n3,{FULL},{AMOUNT}"),
    ),
    (
        "en",
        "table",
        ("{LAST_CAPS},{FIRST_CAPS},M,{DATE}\n{LAST_CAPS},{FIRST_CAPS},F,{DATE}"),
    ),
    (
        "en",
        "table",
        '{"name": "{FULL}", "role": "{JOB}", "manager": "{FULL}"}',
    ),
    (
        "en",
        "table",
        '{"firstName": "{FIRST}", "lastName": "{LAST}", "company": "{ORG}"}',
    ),
    (
        "en",
        "table",
        ("users:\n  - name: {FULL}\n    city: Jordan\n  - name: {FULL}\n    city: Georgia"),
    ),
    (
        "en",
        "table",
        (
            "| Owner | Task | Status |\n"
            "|---|---|---|\n"
            "| {FIRST} | Migrate {PRODUCT} | Done |\n"
            "| {FULL} | Write docs | Open |"
        ),
    ),
    (
        "en",
        "table",
        ("employee\tmanager\tstart\n{FULL}\t{FULL}\t{DATE}\n{FULL}\t{FULL}\t{DATE}"),
    ),
    (
        "en",
        "table",
        ('"{LAST}, {FIRST}","{JOB}"\n"{LAST}, {FIRST}","{JOB}"'),
    ),
    (
        "en",
        "table",
        "<author>{FULL}</author><editor>{FULL}</editor><publisher>Penguin</publisher>",
    ),
    (
        "en",
        "table",
        (
            "name|phone|notes\n"
            "{full_low}|{PHONE}|call back after 5\n"
            "{full_low}|{PHONE}|ask for {first_low}"
        ),
    ),
    (
        "en",
        "hr",
        ("Employee name: {FULL}\nPosition: {JOB}\nLine manager: {FULL}\nStart date: {DATE}"),
    ),
    (
        "en",
        "hr",
        "Performance review – {FULL#a}. {FIRST#a} met all objectives. Reviewer: {FULL}.",
    ),
    (
        "en",
        "hr",
        "We are pleased to offer you, {FULL}, the position of {JOB} at {ORG}, reporting to {FULL}.",
    ),
    (
        "en",
        "hr",
        "Grievance raised by {FULL} against {FULL}; witness statements from {FIRST} and {FIRST}.",
    ),
    (
        "en",
        "hr",
        ("{FULL_CAPS}\n{ADDRESS}\nEXPERIENCE: {JOB}, {ORG}, 2018-2023\nREFERENCES: {FULL}, {FULL}"),
    ),
    (
        "en",
        "hr",
        ("Surname: {LAST}\nGiven names: {FIRST}\nNationality: Jordanian\nPlace of birth: Victoria"),
    ),
    (
        "en",
        "hr",
        "Payslip – {INIT} – Tax code 1257L – Net pay {AMOUNT}",
    ),
    (
        "en",
        "hr",
        "Reason for leaving: conflict with supervisor ({FULL}). Exit interview by {FIRST}.",
    ),
    (
        "en",
        "hr",
        "{FIRST} is on maternity leave; {FULL}, a contractor from {ORG}, covers until {DATE}.",
    ),
    (
        "en",
        "hr",
        "Emergency contact: {FULL} (spouse), {PHONE}",
    ),
    (
        "en",
        "hr",
        "This agreement is made between {ORG} and {FULL} of {ADDRESS}.",
    ),
    (
        "en",
        "hr",
        "Patient: {FULL_REV}. Referred by Dr {LAST}. Seen by {INIT} in Outpatients.",
    ),
    (
        "en",
        "hr",
        "Sworn before me, {FULL}, solicitor, by the said {FULL}.",
    ),
    (
        "en",
        "hr",
        "Mr {LAST} v {ORG}: judgment of Lord Justice {LAST}; counsel {FULL} KC for the appellant.",
    ),
    (
        "en",
        "prose",
        "{FULL} and {FULL} founded {ORG} in 2009.",
    ),
    (
        "en",
        "prose",
        "My neighbour {FIRST} works with {FIRST}'s brother at {ORG}.",
    ),
    (
        "en",
        "prose",
        "{=Angela Merkel} and {=Barack Obama} met in Berlin; {=Tim Cook} was not invited.",
    ),
    (
        "en",
        "prose",
        "Neither {LAST} nor {LAST} would comment; {LAST}'s lawyer, {FULL}, did.",
    ),
    (
        "en",
        "prose",
        '"I never met her," said {LAST}. "{FIRST} did."',
    ),
    (
        "en",
        "prose",
        "The {LAST} brothers, {FIRST_M} and {FIRST_M}, run a bakery in {PLACE}.",
    ),
    (
        "en",
        "prose",
        "{=Mohammed bin Rashid}, {=Ana de Souza} and {=Duc Anh Pham} signed for {ORG}.",
    ),
    (
        "en",
        "prose",
        "{=Jan van Dijk} replaced {=Katarzyna Nowak-Lis} as plant manager; {=Siobhán O'Neill} stayed.",
    ),
    (
        "en",
        "prose",
        "Mark my words: {FIRST} will be late, and {FIRST} will blame {FIRST}.",
    ),
    (
        "en",
        "prose",
        "I owe {FIRST} ten euros and {LAST} an apology.",
    ),
    (
        "en",
        "prose",
        (
            "Interviewer: And your co-founder?\n"
            "{LAST}: {FIRST}? We met at school in {PLACE}.\n"
            "Interviewer: What did {FIRST} bring?"
        ),
    ),
    (
        "en",
        "prose",
        "According to {FULL}, a {JOB} at {ORG}, the new rules are unclear. {LAST}'s colleague {FULL} agrees.",
    ),
    (
        "en",
        "prose",
        "Mrs {LAST}, the landlady, gave the keys to {FIRST}, the plumber.",
    ),
    (
        "en",
        "prose",
        "{FULL}, 42, of {PLACE}, was fined {AMOUNT}. His wife {FIRST_F} was acquitted.",
    ),
    (
        "en",
        "prose",
        "Dr. {INIT} and Prof. {LAST} reviewed the paper submitted by {LAST} et al.",
    ),
    (
        "en",
        "prose",
        "Please call {FULL} back. She spoke to {FIRST} this morning about the {PRODUCT}.",
    ),
    (
        "en",
        "prompt",
        'Summarise this email: "Hi {FIRST}, the delivery is late, please warn {LAST}. {FIRST}"',
    ),
    (
        "en",
        "prompt",
        "Reply to {FIRST} that we cannot accept the discount and copy {FULL}.",
    ),
    (
        "en",
        "prompt",
        'Translate into French: "{FULL} will visit the factory on Monday with Mr {LAST}."',
    ),
    (
        "en",
        "prompt",
        "Write a farewell card for {FIRST}, who leaves {ORG} after ten years.",
    ),
    (
        "en",
        "prompt",
        "Turn these notes into minutes: {first_low} wants budget, {first_low} says no, {last_low} to decide",
    ),
    (
        "en",
        "prompt",
        "Draft a reference letter for {FULL}, who worked with me as a {JOB}.",
    ),
    (
        "en",
        "prompt",
        "What should I answer to {FIRST}? He says {FIRST} promised him a raise.",
    ),
    (
        "en",
        "prompt",
        "Act as {FIRST}'s manager and write her review.",
    ),
    (
        "en",
        "prompt",
        "Extract the names from this text: {FULL} met {FULL} in {PLACE}.",
    ),
    (
        "en",
        "prompt",
        "Is {FULL} the right person to contact at {ORG} about {PRODUCT}?",
    ),
    (
        "en",
        "neg",
        "Please find attached our latest price list for the North America region.",
    ),
    (
        "en",
        "neg",
        "Click Save, then select Export to CSV from the File menu.",
    ),
    (
        "en",
        "neg",
        "Dear Customer, your parcel {REF} is on its way to {PLACE}.",
    ),
    (
        "en",
        "neg",
        "Dear Sir or Madam,",
    ),
    (
        "en",
        "neg",
        ("Kind regards,\nThe Support Team"),
    ),
    (
        "en",
        "neg",
        "Best regards",
    ),
    (
        "en",
        "neg",
        "To Whom It May Concern",
    ),
    (
        "en",
        "neg",
        "How do I set up {PRODUCT} on Ubuntu?",
    ),
    (
        "en",
        "neg",
        "Explain the difference between Kubernetes and Docker Swarm.",
    ),
    (
        "en",
        "neg",
        "The Board of Directors approved the Annual Report on {DATE}.",
    ),
    (
        "en",
        "neg",
        "Meet us at booth B12, Hall 4, Paris Expo Porte de Versailles.",
    ),
    (
        "en",
        "neg",
        "JPMorgan, Morgan Stanley and Goldman Sachs downgraded the stock.",
    ),
    (
        "en",
        "neg",
        "Ernst & Young audits Johnson & Johnson.",
    ),
    (
        "en",
        "neg",
        "The John Deere dealer is closed on Memorial Day.",
    ),
    (
        "en",
        "neg",
        "Alexa, set a timer. Hey Siri, call the office.",
    ),
    (
        "en",
        "neg",
        "Claude, please rewrite this paragraph in plain English.",
    ),
    (
        "en",
        "neg",
        "Flights to Austin, Dallas and Madison are full; try Lincoln or Jordan.",
    ),
    (
        "en",
        "neg",
        "Charlotte, Virginia Beach and Georgia were hit by the storm.",
    ),
    (
        "en",
        "neg",
        "April was quiet, May and June were busy, August is closed.",
    ),
    (
        "en",
        "neg",
        "Mark the box, bill the client, will do.",
    ),
    (
        "en",
        "neg",
        "A rose in the frost, grace under pressure, hope for the best.",
    ),
    (
        "en",
        "neg",
        "The baker, the cook and the carter walked down Church Lane.",
    ),
    (
        "en",
        "neg",
        "{WORD} is also a common word.",
    ),
    (
        "en",
        "neg",
        "Parkinson's disease, Down syndrome and Alzheimer's are neurological.",
    ),
    (
        "en",
        "neg",
        "Nobel Prize, Fields Medal, Pulitzer Prize and Booker Prize",
    ),
    (
        "en",
        "neg",
        "Bayes' theorem, Moore's Law and Murphy's Law",
    ),
    (
        "en",
        "neg",
        "Heathrow, Charles de Gaulle and John F. Kennedy airports",
    ),
    (
        "en",
        "neg",
        "King's College London, St Thomas' Hospital, Johns Hopkins University",
    ),
    (
        "en",
        "neg",
        "Washington Street, Lincoln Avenue and Martin Luther King Boulevard",
    ),
    (
        "en",
        "neg",
        "TERMS AND CONDITIONS OF SALE",
    ),
    (
        "en",
        "neg",
        ("1. Introduction\n2. Scope\n3. Definitions\n4. Liability\n5. Governing Law"),
    ),
    (
        "en",
        "neg",
        "Chief Executive Officer, Chief Financial Officer, General Counsel",
    ),
    (
        "en",
        "neg",
        "Sales Department, Human Resources, Customer Success",
    ),
    (
        "en",
        "neg",
        "The Seller shall deliver the Goods to the Buyer at the Premises.",
    ),
    (
        "en",
        "neg",
        "WHEREAS the Licensor owns the Software; NOW, THEREFORE, the Parties agree as follows:",
    ),
    (
        "en",
        "neg",
        "Q1: Revenue up 4%. Q2: flat. Q3: Down.",
    ),
    (
        "en",
        "neg",
        "Monday: closed. Tuesday: inventory. Friday: Team Lunch.",
    ),
    (
        "en",
        "neg",
        ("Product,Colour,Stock\nOxford Shirt,White,14\nChelsea Boot,Brown,3"),
    ),
    (
        "en",
        "neg",
        '{"city": "Paris", "country": "France", "status": "Shipped"}',
    ),
    (
        "en",
        "neg",
        "const total = items.reduce((sum, item) => sum + item.price, 0);",
    ),
    (
        "en",
        "neg",
        "feat: add Dark Mode to Settings page",
    ),
    (
        "en",
        "neg",
        "TypeError: Cannot read properties of undefined (reading 'map')",
    ),
    (
        "en",
        "neg",
        (
            "Traceback (most recent call last):\n"
            '  File "app.py", line 12, in <module>\n'
            "KeyError: 'Amount'"
        ),
    ),
    (
        "en",
        "neg",
        "We are hiring a {JOB} in {PLACE}.",
    ),
    (
        "en",
        "neg",
        "The Golden Gate Bridge and the Statue of Liberty are closed.",
    ),
    (
        "en",
        "neg",
        "Happy Christmas, Happy New Year and Happy Thanksgiving from all of us at {ORG}!",
    ),
    (
        "en",
        "neg",
        "St Patrick's Day and St Andrew's Day are bank holidays.",
    ),
    (
        "en",
        "neg",
        "Try the Caesar Salad, Eggs Benedict or Beef Wellington.",
    ),
    (
        "en",
        "neg",
        "hi how do i reset my password",
    ),
    (
        "en",
        "neg",
        "thanks, works now",
    ),
    (
        "en",
        "neg",
        "lgtm",
    ),
    (
        "en",
        "neg",
        "ok will do",
    ),
    (
        "en",
        "neg",
        "Can you make it shorter and more polite?",
    ),
    (
        "en",
        "neg",
        "Write a job ad for a {JOB}.",
    ),
    (
        "en",
        "neg",
        'Please proofread: "Our new plant in Poland opens in March."',
    ),
    (
        "en",
        "neg",
        "Ford, Chrysler and Tesla cut prices in Germany.",
    ),
    (
        "en",
        "neg",
        "The Dow Jones fell; Standard & Poor's kept its rating.",
    ),
    (
        "en",
        "neg",
        "Macy's, Wendy's, Kellogg's and Levi's are brands.",
    ),
    (
        "en",
        "neg",
        "Levi Strauss jeans, Calvin Klein shirts, Ralph Lauren socks",
    ),
    (
        "en",
        "neg",
        "Hurricane Katrina cost billions; Storm Eunice closed the Channel Tunnel.",
    ),
]
