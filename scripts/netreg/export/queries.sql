-- Networks by group and status
SELECT network_group, status, count(*) AS number_of_networks
FROM networks
GROUP BY network_group, status
ORDER BY number_of_networks DESC, network_group, status;

-- In how many networks each country takes part, and of which evidence is of the last three years
SELECT country_name, count(*) AS number_of_networks, sum(CASE WHEN earliest >= '2023-01-01' THEN 1 ELSE 0 END) AS seen_since_2023
FROM participation
WHERE verdict = 'takes-part'
GROUP BY country_name
ORDER BY number_of_networks DESC, country_name;

-- Members by the year of the evidence
SELECT substr(earliest, 1, 4) AS evidence_year, count(*) AS memberships
FROM participation
WHERE role = 'member'
GROUP BY substr(earliest, 1, 4)
ORDER BY evidence_year NULLS LAST;

-- Who leads what today, with the word of the best source
SELECT n.name AS network, l.role, l.countries, l.unit, l.target, l.as_of, s.author, s.source
FROM leads l
JOIN networks n ON n.id = l.network
LEFT JOIN statements s ON s.claim = l.claim AND s.citation = 1
WHERE l.tense = 'today' AND NOT l.rival
ORDER BY n.name, l.role, l.claim;

-- How old the evidence is, by field: each statement once
SELECT path, count(*) AS number_of_statements, min(earliest) AS oldest, max(earliest) AS newest
FROM statements
WHERE citation = 1
GROUP BY path
ORDER BY number_of_statements DESC, path;

-- What rests on third parties alone
SELECT claim, max(value) AS value
FROM statements
WHERE citation > 0
GROUP BY claim
HAVING sum(CASE WHEN kind <> 'third-party' THEN 1 ELSE 0 END) = 0
ORDER BY claim;

-- Fields of which two sources say different things
SELECT network, path, count(DISTINCT value) AS different_values
FROM statements
WHERE citation = 1
GROUP BY network, path
HAVING sum(CASE WHEN headline THEN 0 ELSE 1 END) > 0
ORDER BY network, path;
