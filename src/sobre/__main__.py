from sobre.cli import main

raise SystemExit(main())
