#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# every name of the country in many sentences, and bare questions: what is lost, here and elsewhere
#
#   contrib/bench sweep [--words] [--every N] [--lost FILE] [--against WENLU]
#
# sweep.tsv has the sentences. A name is found if the answer is of the matter, and for a place of that
# name and no other, or if it is asked back what or which of them is meant; a bare question
# (问一下桂林的居住证) is to be answered or asked back, not refused or declined. --words asks for
# the names that never decide alone (和平) in place of all others. --every takes every Nth name of a
# sentence, each sentence others. --lost writes what is lost into FILE, a sentence and a name a line;
# --against asks another build, with the content that it has, and tells what only one of them loses.
set -euo pipefail
words=no every=1 lost='' against=''
while [ $# -gt 0 ]; do
	case $1 in
	--words) words=yes; shift ;;
	--every) every=$2; shift 2 ;;
	--lost) lost=$2; shift 2 ;;
	--against) against=$2; shift 2 ;;
	-h | --help) sed -n '3,12s/^# \{0,1\}//p' "$0"; exit 0 ;;
	*) echo "sweep: '$1' is not known" >&2; exit 2 ;;
	esac
done
[[ $every =~ ^[1-9][0-9]*$ ]] || { echo "sweep: --every wants a number" >&2; exit 2; }
[ -x "$BUILD/wenlu" ] || contrib/build --dir "$BUILD"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
spelt='wuhan suzhou chengdu hefei ningbo changsha kunming dalian qingdao foshan wenzhou wuxi guilin liuzhou sanya'

# A line a question: kind, sentence, matter, name, the codes of all places of that name, text. A name
# decides alone if one of its places does. What lies outside is asked about less.
awk -F '\t' -v OFS='\t' -v words="$words" -v every="$every" -v spelt="$spelt" '
	function name_is(name, weight) {
		if (weight == "-")
			return
		if (!(name in codes))
			names[++n_names] = name
		codes[name] = codes[name] "," $1
		if (weight !~ /w$/)
			alone[name] = 1
	}
	function ask(kind, name, text) {
		if (kind == "name" ? (words == "yes") == (name in alone) : words == "yes")
			return
		if (asked[NR]++ % every != NR % every)
			return
		text = $2
		sub(/\{\}/, name, text)
		print kind, $2, $3, name, codes[name] ",", text
	}
	/^#/ { next }
	NR == FNR && $2 != "nation" && $1 < 700000 {
		name_is($4, $6)
		if ($5 != $4)
			name_is($5, $7)
		if ($2 == "city")
			cities[++n_cities] = $7 == "-" ? $4 : $5
	}
	NR == FNR { next }
	$1 == "name" { for (i = 1; i <= n_names; i++) ask($1, names[i]) }
	$1 == "city" { for (i = 1; i <= n_cities; i++) ask($1, cities[i]) }
	$1 == "letters" { n = split(spelt, some, " "); for (i = 1; i <= n; i++) ask($1, some[i]) }
' core/know/regions/divisions.tsv contrib/benches/sweep.tsv >"$work/questions"
cut -f 6 "$work/questions" | sed 's/.*/{"text":"&"}/' >"$work/asked"

# A line a question: 1 if it is lost.
ask() { # WENLU
	# 1 means that one was declined.
	{ "$1" ask --batch "$work/asked" || [ $? = 1 ]; } | paste "$work/questions" - | awk -F '\t' '
		function part(pattern) { return match($7, pattern) ? substr($7, RSTART, RLENGTH) : "" }
		function is_only_place(regions) {
			return gsub(/"code":/, "&", regions) == 1 && match(regions, /"code":"[0-9]*/) &&
				index($5, "," substr(regions, RSTART + 8, RLENGTH - 8) ",")
		}
		function is_offered(options) {
			while (match(options, /"region":"[0-9]*/)) {
				if (index($5, "," substr(options, RSTART + 10, RLENGTH - 10) ","))
					return 1
				options = substr(options, RSTART + RLENGTH)
			}
			return 0
		}
		$7 == "" { exit 1 }
		{
			is_asked_back = index($7, "{\"type\":\"clarify\"") == 1
			is_answered = index($7, "{\"type\":\"answer\"") == 1 &&
				index($7, "\"intent\":{\"name\":\"" $3 ".")
		}
		$1 == "name" && !is_only_place(part("\"regions\":\\[[^]]*")) {
			is_answered = 0
			is_asked_back = is_asked_back && index(part("\"question\":\"[^\"]*"), $4) &&
				is_offered(part("\"options\":\\[[^]]*"))
		}
		{ print !(is_answered || is_asked_back) }
	' || { echo "sweep: $1 does not answer" >&2; exit 1; }
}
ask "$BUILD/wenlu" >"$work/here"
verdicts=("$work/here")
if [ "$against" ]; then
	ask "$against" >"$work/there"
	verdicts+=("$work/there")
fi

[ -z "$lost" ] || echo '# contrib/bench sweep --lost: what is lost, a sentence and a name a line' >"$work/lost"
paste "$work/questions" "${verdicts[@]}" |
	awk -F '\t' -v against="$against" -v lost="${lost:+$work/lost}" '
	function line(of, lost, here, there, what) {
		printf "%7s %7s", lost, of
		if (against)
			printf " %10s %10s", here, there
		printf "  %s\n", what
	}
	BEGIN { line("of", "lost", "only here", "only there", "sentence") }
	function tell() {
		if (n)
			line(n, n_lost, only_here, only_there, sentence)
		n = n_lost = only_here = only_there = 0
	}
	$2 != sentence { tell(); sentence = $2 }
	{
		n++; all[$1]++
		n_lost += $7; all_lost[$1] += $7
		only_here += $7 && !$8; all_here[$1] += $7 && !$8
		only_there += $8 && !$7; all_there[$1] += $8 && !$7
	}
	lost && ($7 || against && $8) {
		print $2 "\t" $4 (against ? "\t" ($7 && $8 ? "both" : $7 ? "here" : "there") : "") >>lost
	}
	END {
		tell()
		n = split("name names city cities letters letters", kinds, " ")
		for (i = 1; i < n; i += 2)
			if (all[kinds[i]])
				line(all[kinds[i]], all_lost[kinds[i]], all_here[kinds[i]], all_there[kinds[i]], "all of " kinds[i + 1])
	}'
[ -z "$lost" ] || cp "$work/lost" "$lost"
