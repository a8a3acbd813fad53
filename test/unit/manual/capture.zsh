#!/usr/bin/env zsh
# Completes command lines in a real zsh behind a terminal: capture.zsh FOLDER-OF-FUNCTIONS LINE...
# Prints for each what is offered, one a line (compadd is where every match goes through), then `> ` and what the line
# has become.
emulate -R zsh
zmodload zsh/zpty || exit 3
offered=$(mktemp) || exit 3
trap 'rm -f $offered $offered.done' EXIT

# In steps of 20 ms.
await_done() {
	local i
	for (( i = 0; i < 1000; i++ )); do
		if [[ -e $offered.done ]]; then
			rm -f $offered.done
			return
		fi
		zpty -r -t z output 2>/dev/null
		sleep 0.02
	done
	print -u2 "no answer"
	exit 4
}

# Not a child of this shell's own, which would run the trap when it ends.
zpty z exec env -i PATH=$PATH HOME=${HOME:-/} TERM=dumb OFFERED=$offered FUNCTIONS=$1 zsh -f -i
shift
# No comments in what follows: a shell at a terminal takes none. With -A, -O and -D compadd offers nothing, and would change
# arrays twice. What is typed before the editor of lines reads it is not completed: that tells when it does.
zpty -w z '
	PROMPT= RPROMPT=
	fpath=($FUNCTIONS $fpath)
	autoload -Uz compinit && compinit -u -D
	LISTMAX=0
	compadd() {
		if [[ " ${@[1,(i)(-|--)]}" != *\ -[AOD]* ]]; then
			local -a matches
			builtin compadd -A matches "$@"
			print -rl -- $matches >>$OFFERED
		fi
		builtin compadd "$@"
	}
	finished() { print -r -- "> $BUFFER" >>$OFFERED; BUFFER=; : >$OFFERED.done }
	zle -N finished
	bindkey "^Y" finished
	bindkey "^I" complete-word
	zle-line-init() { : >$OFFERED.done }
	zle -N zle-line-init
'
await_done
for line; do
	zpty -w -n z "$line"$'\t\x19'
	await_done
done
zpty -d z
grep . $offered
