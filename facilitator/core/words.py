"""Word lists that tell names from prose."""

from __future__ import annotations


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


ENGLISH = _words("""
a ace ad al am amber an and angel any are art as ash at aw be bill bo brook but by can carol case chance
chase chip christian clay cliff dale dawn dean did do drew duke earl faith for forest frank gene get ginger
glen go grace grant guy had has he heath her him his holly hope how i if in iris is it its ivy jack jade joy
june king lance lane let line long major mark max may me melody merit miles my new nick no norm not now of
off oh ok old on one or our out page pat peg penny per pierce pr prince randy ray red reed rich rob robin
rod rose ruby rusty sage say see set she so stone sue summer tab the to too trip two up us use van victor vs
wade was way we who will with woody yes you young
""")
"""First names and initials that are English words too: in small letters they are the word."""

NOT_NAMES = _words("""
a able about according action actions add added adding additional after agenda agree aim all also an and another
any anybody anyone anything appear appears apply are as ask at back background based because before both bug
call can change changes check close closed comment commit connect continue continues contribute contributors
convert could date deadline decide decision description did do docs documentation does due during everybody
everyone everything example expect expected feature fix folks follow for forget form from fyi get give given go
going got half happy has have he help here hope how i idea if important in info intend is issue it item items
join known last later leading learn let like likely link links listen log look many maybe merge might migrate
milestone more most move moving need needs new next no nobody none not note notes nothing now of ok on open
option or other others our out outcome owner part people plan planning please point port pr prefer present prior
problem promise promote proposal proposed ps push question questions reach read ready reason refer reference
regarding release remember remind reply report request requested respond response responsible result return
returning revert review rfc risk risks run same say see seem seems send set shall she should show similar so
some something soon speak start status step steps still subject submit subscribe suggestion summary supposed
sure switch talk tend tends that the then there these they thing things this those time title to todo topic
transition try trying two unable update updated updates upgrade us use used via volunteer volunteers vote wait
want warning was way we were what when where which while who why will wip with work working would write yes you
your
""")
"""Words that open a sentence and may stand before ``to``, ``will`` or a colon: no unknown people."""

LABELS = _words("""
api app apps auth backend backlog benchmark benchmarks blog board branch budget bugs build builds chore ci cd cli client
cluster code config configuration core coverage dashboard data database db dependencies deployment deps design
dev discussion doc env error errors event events faq feat frontend git github governance infra infrastructure
install installer intro json legal license licence lint linter logging logs mailing main marketing master memory meta
metrics minutes mobile module modules monitoring network networking ops org package packages packaging perf
performance pipeline platform plugin plugins policy prod production project projects queue readme refactor
registry releases repo repos roadmap runtime schema script scripts sdk security server service services site
slack socket spec specs staging storage style syntax system team tech test testing tests tool tooling tools
translation translations types ui ux web website wiki workflow yaml
""")
"""What an item is about, as somebody writes before a colon: ``tests: fix the flaky one`` names nobody."""

VERBS = _words("""
add address announce approve arrange ask assign attend automate backport benchmark book bring build bump
call check circulate clarify clean close collect come comment commit compare compile complete confirm connect
contact continue convert coordinate copy create cut debug decide define deliver demo deploy deprecate
describe design determine discuss distribute do document draft drive email ensure escalate estimate evaluate
examine expand explain explore file fill finalise finalize find finish fix flag follow forward gather get
give go handle help host identify implement improve incorporate inform inquire integrate introduce
investigate invite join keep land lead let link list look mail make manage measure meet merge migrate move
notify nudge open organise organize own pair patch pick ping plan polish post prepare present promote
propose provide publish pull push put raise reach read rebase record refactor release remind remove rename
reopen reply report reproduce request rerun research resolve respond restart retry return revert review
revise rework rewrite rotate run schedule search see send set share ship sign simplify solicit sort speak
split start study submit suggest summarise summarize survey switch sync tag take talk tell test think tidy
track transfer transition triage try turn update upgrade upload validate verify volunteer walk work write
""")
"""What somebody is asked to do: only these make ``Eric to …`` in prose sound like an action item."""
